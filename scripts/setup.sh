# shellcheck shell=bash
# What ./verso and ./test share: finding what the machine lacks, and building what changed.

say() { printf '%s\n' "$*" >&2; }

# require_packages ASSUME_YES FILE...: every Debian package named in the files is installed, or the script ends.
# Shows the one command that installs what is missing; runs it when told yes. Nothing is ever upgraded.
require_packages() {
    local assume_yes=$1 answer missing=() sudo=() install
    shift
    mapfile -t missing < <(missing_packages "$@")
    ((${#missing[@]})) || return 0

    install=(apt-get install --yes --no-install-recommends --no-upgrade "${missing[@]}")
    ((EUID == 0)) || sudo=(sudo)
    say "Verso needs Debian packages that are missing here. This installs them and upgrades nothing:"
    say "    ${sudo[*]:+${sudo[*]} }${install[*]}"
    if ((EUID != 0)) && ! type -P sudo >/dev/null; then
        say "Ask an administrator of this machine to run it (without 'sudo')."
        exit 3
    fi
    if [[ $assume_yes != yes && ${CI:-} != true ]]; then
        if [[ ! -t 0 || ! -t 2 ]]; then
            say "Run it, or start this again with --yes."
            exit 3
        fi
        read -r -p "Run it now? [Y/n] " answer
        [[ ${answer:-y} =~ ^[Yy] ]] || exit 3
    fi
    "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive "${install[@]}" >&2 || {
        say "Fetching the lists of packages and trying again."
        "${sudo[@]}" apt-get update >&2
        "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive "${install[@]}" >&2
    }
}

missing_packages() {
    local wanted
    mapfile -t wanted < <(grep -hv '^#' "$@")
    # Node.js of its makers brings npm along, and Debian's does not go with it.
    type -P npm >/dev/null && mapfile -t wanted < <(printf '%s\n' "${wanted[@]}" | grep -vx npm)
    comm -23 <(printf '%s\n' "${wanted[@]}" | sort) \
        <(dpkg-query --show --showformat '${db:Status-Status} ${Package}\n' "${wanted[@]}" 2>/dev/null | sed -n 's/^installed //p' | sort)
}

require_dotnet() {
    type -P dotnet >/dev/null && return
    say "Verso needs the .NET 10 SDK (https://dotnet.microsoft.com/download/dotnet/10.0); 'dotnet' was not found on PATH."
    exit 3
}

# newer_than STAMP PATH...: whether anything in the paths changed after the stamp was made.
newer_than() {
    local stamp=$1
    shift
    [[ ! -e $stamp || -n $(find "$@" -newer "$stamp" -print -quit) ]]
}

# build_example_packages: wheels of examples/packages, so that the examples work without the internet.
build_example_packages() {
    local stamp=artifacts/wheelhouse.stamp copy
    newer_than "$stamp" examples/packages || return 0
    mkdir -p artifacts/wheelhouse
    copy=$(mktemp -d)
    touch "$stamp.new"
    cp -r examples/packages/. "$copy" # setuptools writes into the folder that it builds from
    # A fixed date makes the same source the same wheel, which environments are named by.
    SOURCE_DATE_EPOCH=315532800 PIP_CONFIG_FILE=/dev/null /usr/bin/python3 -I -m pip wheel --isolated --quiet --no-index \
        --no-build-isolation --no-deps --wheel-dir artifacts/wheelhouse "$copy"/*/ >&2
    rm -rf "$copy"
    mv "$stamp.new" "$stamp"
}

# build_client FOLDER: the browser client, into the folder that the server serves it from.
build_client() {
    local folder=$PWD/$1 stamp=$PWD/$1.stamp
    [[ ! -e $folder/index.html ]] || newer_than "$stamp" client/src client/public client/*.* || return 0
    has_node || {
        say "The workspace needs Node 20.19 or later with npm (https://nodejs.org) to build its client."
        exit 3
    }
    install_client
    say "Building the client …"
    touch "$stamp.new"
    (cd client && npm run --silent build -- --outDir "$folder" --logLevel warn) >&2
    mv "$stamp.new" "$stamp"
}

# install_client: what the client is built and tested with, as its lock file has it.
install_client() {
    [[ client/package-lock.json -nt client/node_modules/.package-lock.json ]] || return 0
    (cd client && npm ci --silent) >&2
    touch client/node_modules/.package-lock.json
}

has_node() {
    local check='const [major, minor] = process.versions.node.split("."); process.exit(major > 20 || (major == 20 && minor >= 19) ? 0 : 1)'
    type -P npm >/dev/null && node --eval "$check" 2>/dev/null
}
