using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Hpo.ParallelLauncher.Workers;

/// <summary>
/// Windows: the workers, and what they start, are in a job that ends with the launcher's last handle to it. Not tested.
/// </summary>
internal sealed class WindowsProcessPlatform : IProcessPlatform
{
    private const int ExtendedLimits = 9;
    private const uint KillOnClose = 0x2000;
    private const uint SetQuotaAndTerminate = 0x0101;

    private SafeFileHandle? _job;

    public string Limitation => "Stopping workers is not tested on Windows.";

    public void Begin(SpawnThread spawner)
    {
        _job = CreateJobObject(0, null);
        var limits = new JobLimits { LimitFlags = KillOnClose };
        if (!SetInformationJobObject(_job, ExtendedLimits, ref limits, Marshal.SizeOf<JobLimits>())) throw new Win32Exception();
    }

    public ProcessLine Wrap(ProcessLine worker) => worker;

    public void Adopt(int processId)
    {
        using SafeFileHandle process = OpenProcess(SetQuotaAndTerminate, false, processId);
        // One that has ended already needs no job.
        if (!process.IsInvalid && _job is not null) _ = AssignProcessToJobObject(_job, process);
    }

    public void Send(StopStage stage, WorkerProcess process)
    {
        if (stage is StopStage.Interrupt) process.Interrupt();
        else process.KillTree();
    }

    public void EndLeftovers(int processId)
    {
        // They are in the job.
    }

    public void Dispose() => _job?.Dispose();

    [DllImport("kernel32", EntryPoint = "CreateJobObjectW", SetLastError = true, CharSet = CharSet.Unicode)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern SafeFileHandle CreateJobObject(nint attributes, string? name);

    [DllImport("kernel32", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool SetInformationJobObject(SafeFileHandle job, int kind, ref JobLimits limits, int size);

    [DllImport("kernel32", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool AssignProcessToJobObject(SafeFileHandle job, SafeFileHandle process);

    [DllImport("kernel32", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern SafeFileHandle OpenProcess(uint access, [MarshalAs(UnmanagedType.Bool)] bool inherit, int processId);

    /// <summary>JOBOBJECT_EXTENDED_LIMIT_INFORMATION.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct JobLimits
    {
        public long PerProcessUserTimeLimit;
        public long PerJobUserTimeLimit;
        public uint LimitFlags;
        public nuint MinimumWorkingSetSize;
        public nuint MaximumWorkingSetSize;
        public uint ActiveProcessLimit;
        public nuint Affinity;
        public uint PriorityClass;
        public uint SchedulingClass;
        public ulong ReadOperations;
        public ulong WriteOperations;
        public ulong OtherOperations;
        public ulong ReadBytes;
        public ulong WriteBytes;
        public ulong OtherBytes;
        public nuint ProcessMemoryLimit;
        public nuint JobMemoryLimit;
        public nuint PeakProcessMemory;
        public nuint PeakJobMemory;
    }
}
