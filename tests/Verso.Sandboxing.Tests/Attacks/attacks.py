"""What a hostile document tries. Run as: attacks.py NAME, inside the sandbox, with canaries named in the environment.

An attack returns something true when it worked. Being refused is an OSError (or a nonzero exit of a program it ran);
any other exception is a fault of the attack itself and must not pass for a refusal.
"""
import ctypes
import os
import platform
import resource
import signal
import socket
import struct
import subprocess
import sys
import time

CANARY = os.environ
libc = ctypes.CDLL(None, use_errno=True)
ATTACKS = {}


def attack(function):
    ATTACKS[function.__name__] = function
    return function


def syscall(numbers, *arguments):
    number = numbers[0] if platform.machine() == "x86_64" else numbers[1]
    result = libc.syscall(number, *arguments)
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return True


def read(path):
    with open(path, "rb") as file:
        return file.read(4096)


def write(path, mode="ab"):
    with open(path, mode) as file:
        file.write(b"x")
    return True


# --- reading what is not ours ---


@attack
def read_shadow():
    return read("/etc/shadow")


@attack
def read_real_passwd():
    return b"root:" in read("/etc/passwd")


@attack
def list_root_home():
    return os.listdir("/root")


@attack
def read_secret():
    return read(CANARY["CANARY_SECRET"])


@attack
def read_secret_through_proc_root():
    return read("/proc/1/root" + CANARY["CANARY_SECRET"])


@attack
def read_secret_by_dotdot():
    return read("/proc/self/cwd/" + "../" * 20 + CANARY["CANARY_SECRET"])


@attack
def read_secret_through_own_symlink():
    os.symlink(CANARY["CANARY_SECRET"], "link")
    return read("link")


@attack
def read_other_project():
    return os.listdir(CANARY["CANARY_OTHER_PROJECT"])


@attack
def see_host_tmp():
    return os.path.basename(CANARY["CANARY_OTHER_PROJECT"]) in os.listdir(os.path.dirname(CANARY["CANARY_OTHER_PROJECT"]))


@attack
def see_homes():
    return set(os.listdir("/home")) - {"verso"}


@attack
def see_var():
    return os.listdir("/var")


@attack
def see_run():
    return os.listdir("/run")


@attack
def see_sys():
    return os.listdir("/sys")


@attack
def see_ssh_keys():
    return os.listdir("/etc/ssh")


@attack
def own_environment():
    return "CANARY_VALUE_OF_THE_HOST" in repr(dict(os.environ))


@attack
def environment_of_all_processes():
    return any(
        b"CANARY_VALUE_OF_THE_HOST" in read(f"/proc/{name}/environ") for name in os.listdir("/proc") if name.isdigit()
    )


@attack
def host_processes():
    return any(b"canary-victim" in read(f"/proc/{name}/cmdline") for name in os.listdir("/proc") if name.isdigit())


@attack
def read_kernel_memory():
    return read("/proc/kcore")


@attack
def read_kernel_log():
    return syscall((103, 116), 3, ctypes.create_string_buffer(4096), 4096)


@attack
def read_physical_memory():
    return read("/dev/mem")


@attack
def read_disks():
    return [name for name in os.listdir("/dev") if name.startswith(("sd", "vd", "nvme", "loop", "dm-"))]


@attack
def open_by_handle():
    return syscall((304, 265), -100, ctypes.create_string_buffer(64), 0)


# --- writing where it must not ---


@attack
def write_usr():
    return write("/usr/bin/canary")


@attack
def replace_python():
    return write(os.path.realpath(sys.executable))


@attack
def write_etc():
    return write("/etc/canary")


@attack
def write_root():
    return write("/canary")


@attack
def write_dev():
    return write("/dev/canary")


@attack
def change_environment():
    return write(CANARY["CANARY_ENVIRONMENT"] + "/module.py")


@attack
def add_to_environment():
    return write(CANARY["CANARY_ENVIRONMENT"] + "/sitecustomize.py")


@attack
def chmod_environment():
    os.chmod(CANARY["CANARY_ENVIRONMENT"] + "/module.py", 0o777)
    return True


@attack
def touch_environment():
    os.utime(CANARY["CANARY_ENVIRONMENT"] + "/module.py", (1, 1))
    return True


@attack
def rename_environment():
    os.rename(CANARY["CANARY_ENVIRONMENT"], CANARY["CANARY_ENVIRONMENT"] + "-x")
    return True


@attack
def delete_from_environment():
    os.unlink(CANARY["CANARY_ENVIRONMENT"] + "/module.py")
    return True


@attack
def hard_link_environment_out():
    os.link(CANARY["CANARY_ENVIRONMENT"] + "/module.py", "module.py")
    return write("module.py")


@attack
def write_environment_through_proc_fd():
    descriptor = os.open(CANARY["CANARY_ENVIRONMENT"] + "/module.py", os.O_RDONLY)
    return write(f"/proc/self/fd/{descriptor}")


@attack
def set_core_pattern():
    return write("/proc/sys/kernel/core_pattern", "wb")


@attack
def trigger_sysrq():
    return write("/proc/sysrq-trigger", "wb")


@attack
def leave_control_group():
    return write("/sys/fs/cgroup/cgroup.procs", "wb")


@attack
def adjust_oom_score():
    with open("/proc/1/oom_score_adj", "w") as file:
        file.write("-1000")
    return True


@attack
def write_memory_of_process_one():
    if os.getpid() == 1 and os.fork() == 0:  # from a child, so that it is another process's memory
        try:
            with open("/proc/1/mem", "r+b", buffering=0) as memory:
                memory.seek(0x1000)
                memory.write(b"x")
            os._exit(7)
        except OSError:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.wait()[1]) == 7 or refused()


def refused():
    raise PermissionError("refused")


# --- connections out ---


def connect(family, kind, address):
    with socket.socket(family, kind) as connection:
        connection.settimeout(2)
        connection.connect(address)
        connection.send(b"hello")
        return True


@attack
def tcp_to_the_host():
    return connect(socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", int(CANARY["CANARY_TCP_PORT"])))


@attack
def tcp6_to_the_host():
    return connect(socket.AF_INET6, socket.SOCK_STREAM, ("::1", int(CANARY["CANARY_TCP_PORT"])))


@attack
def unix_socket_of_the_host():
    return connect(socket.AF_UNIX, socket.SOCK_STREAM, CANARY["CANARY_UNIX_SOCKET"])


@attack
def abstract_socket_of_the_host():
    return connect(socket.AF_UNIX, socket.SOCK_STREAM, "\0" + CANARY["CANARY_ABSTRACT_SOCKET"])


@attack
def container_engine():
    return connect(socket.AF_UNIX, socket.SOCK_STREAM, "/var/run/docker.sock")


@attack
def system_bus():
    return connect(socket.AF_UNIX, socket.SOCK_STREAM, "/run/dbus/system_bus_socket")


@attack
def other_interfaces():
    return [name for _, name in socket.if_nameindex() if name != "lo"] or refused()


@attack
def routes_out():
    with open("/proc/net/route") as file:
        return file.read().splitlines()[1:] or refused()


@attack
def raw_socket():
    return socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)


@attack
def packet_socket():
    return socket.socket(socket.AF_PACKET, socket.SOCK_RAW)


@attack
def vsock_socket():
    return socket.socket(40, socket.SOCK_STREAM)


@attack
def crypto_socket():
    return socket.socket(socket.AF_ALG, socket.SOCK_SEQPACKET)


@attack
def add_an_interface():
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0) as connection:
        body = struct.pack("BxHiII", 0, 0, 0, 0, 0) + struct.pack("HH", 12, 3) + b"canary0\0"
        info = struct.pack("HH", 4 + 10, 18) + struct.pack("HH", 10, 1) + b"dummy\0" + b"\0\0"
        message = struct.pack("IHHII", 16 + len(body + info), 16, 0x605, 1, 0) + body + info
        connection.send(message)
        error = struct.unpack_from("i", connection.recv(4096), 16)[0]
        return error == 0 or refused()


# --- other processes ---


@attack
def kill_a_host_process():
    os.kill(int(CANARY["CANARY_PROCESS"]), signal.SIGKILL)
    return False  # whether it died is seen from outside


@attack
def kill_everything():
    try:
        os.kill(-1, signal.SIGKILL)
    except ProcessLookupError:
        pass
    refused()


@attack
def trace_process_one():
    return libc.ptrace(16, 1, 0, 0) == 0 or refused()


@attack
def trace_a_child():
    child = os.fork()
    if child == 0:
        time.sleep(30)
    try:
        return libc.ptrace(16, child, 0, 0) == 0 or refused()
    finally:
        os.kill(child, signal.SIGKILL)


@attack
def read_memory_of_another():
    local = ctypes.create_string_buffer(8)
    vector = struct.pack("PN", ctypes.addressof(local), 8)
    return syscall((310, 270), os.getpid(), vector, 1, vector, 1, 0)


@attack
def write_memory_of_another():
    local = ctypes.create_string_buffer(8)
    vector = struct.pack("PN", ctypes.addressof(local), 8)
    return syscall((311, 271), os.getpid(), vector, 1, vector, 1, 0)


@attack
def steal_a_descriptor():
    return syscall((438, 438), os.pidfd_open(os.getpid()), 0, 0)


@attack
def compare_processes():
    return syscall((312, 272), 1, 1, 0, 0, 0)


@attack
def raise_own_limits():
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    except ValueError:  # what Python makes of EPERM
        refused()
    return True


@attack
def raise_own_priority():
    return os.nice(-20) < 0


@attack
def realtime_scheduling():
    os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(50))
    return True


# --- privileges ---


@attack
def become_root():
    os.setuid(0)
    return True


@attack
def become_roots_group():
    os.setgid(0)
    return True


@attack
def join_groups():
    os.setgroups([0])
    return True


@attack
def run_su():
    return subprocess.run(["su", "-c", "id"], stdin=subprocess.DEVNULL, capture_output=True).returncode == 0 or refused()


@attack
def gain_from_setuid_programs():
    return libc.prctl(39, 0, 0, 0, 0) != 1 or refused()  # PR_GET_NO_NEW_PRIVS


@attack
def hold_capabilities():
    with open("/proc/self/status") as file:
        held = [line for line in file if line.startswith(("CapPrm", "CapEff", "CapBnd", "CapAmb"))]
    return any(int(line.split()[1], 16) for line in held) or refused()


@attack
def new_user_namespace():
    return syscall((272, 97), 0x10000000)


@attack
def new_mount_namespace():
    return syscall((272, 97), 0x00020000)


@attack
def clone_into_namespace():
    number = 56 if platform.machine() == "x86_64" else 220
    result = libc.syscall(number, 0x10000000 | signal.SIGCHLD, 0, 0, 0, 0)
    if result == 0:
        os._exit(0)
    return result > 0 or refused()


@attack
def clone3_into_namespace():
    return syscall((435, 435), struct.pack("Q", 0x10000000) + bytes(80), 88)


@attack
def enter_namespace():
    return syscall((308, 268), os.open("/proc/1/ns/mnt", os.O_RDONLY), 0)


@attack
def mount_tmpfs():
    return syscall((165, 40), b"tmpfs", b"/tmp", b"tmpfs", 0, 0)


@attack
def unmount():
    return syscall((166, 39), b"/usr", 2)


@attack
def mount_by_new_interface():
    return syscall((430, 430), b"tmpfs", 0)


@attack
def clone_a_mount():
    return syscall((428, 428), -100, b"/usr", 1)


@attack
def change_root():
    os.chroot("/tmp")
    return True


@attack
def pivot_root():
    return syscall((155, 41), b"/tmp", b"/tmp")


@attack
def make_a_device():
    os.mknod("disk", 0o660 | 0o060000, os.makedev(254, 0))
    return True


@attack
def set_host_name():
    socket.sethostname("canary")
    return True


@attack
def set_the_clock():
    time.clock_settime(time.CLOCK_REALTIME, 1)
    return True


@attack
def reboot():
    return syscall((169, 142), 0xFEE1DEAD, 672274793, 0, 0)


@attack
def load_a_module():
    return syscall((313, 273), 0, b"", 0)


@attack
def swap_on():
    return syscall((167, 224), b"/tmp", 0)


@attack
def add_a_key():
    return syscall((248, 217), b"user", b"canary", b"x", 1, -3)


@attack
def join_a_keyring():
    return syscall((250, 219), 1, b"canary")


@attack
def load_bpf():
    return syscall((321, 280), 0, ctypes.create_string_buffer(128), 128)


@attack
def open_perf_event():
    return syscall((298, 241), ctypes.create_string_buffer(128), 0, -1, -1, 0)


@attack
def handle_page_faults():
    return syscall((323, 282), 0x80000)


@attack
def set_up_io_uring():
    return syscall((425, 425), 8, ctypes.create_string_buffer(120))


@attack
def type_into_the_terminal():
    import fcntl

    fcntl.ioctl(0, 0x5412, b"x")
    return True


@attack
def own_a_controlling_terminal():
    return os.open("/dev/tty", os.O_RDWR) >= 0


if sys.argv[1:] == ["--list"]:
    print("\n".join(ATTACKS))
else:
    try:
        worked = ATTACKS[sys.argv[1]]()
        print(f"BREACH: {worked!r}" if worked else "REFUSED: it came to nothing")
    except OSError as error:
        print(f"REFUSED: {error}")
