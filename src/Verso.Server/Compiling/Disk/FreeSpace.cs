namespace Verso.Server.Compiling.Disk;

/// <summary>How much of the disk is free that the service's folder is on.</summary>
internal class FreeSpace(CompileLayout layout)
{
    public virtual double Percent()
    {
        var drive = new DriveInfo(layout.Directory);
        return 100.0 * drive.AvailableFreeSpace / drive.TotalSize;
    }
}
