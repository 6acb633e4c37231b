# The configuration of Slurm on the hosts of scripts/cluster. It is bound over /etc/slurm there; /run is each host's own.

# write_slurm_conf DIR NODES: into DIR/etc/slurm.
write_slurm_conf() {
    local dir=$1 nodes=$2 i
    # slurmd asks for it, whatever tracks the processes: without it, for a mounted file system of cgroups.
    echo "CgroupPlugin=cgroup/v1" >"$dir/etc/slurm/cgroup.conf"
    {
        cat <<CONF
ClusterName=test
SlurmctldHost=head($(address_of head))
SlurmUser=root
SlurmdUser=root
StateSaveLocation=$dir/state
SlurmdSpoolDir=/run/slurmd
SlurmctldPidFile=/run/slurmctld.pid
SlurmdPidFile=/run/slurmd.pid
SlurmctldLogFile=$dir/log/slurmctld.log
SlurmdLogFile=$dir/log/slurmd-%n.log

# Neither cgroups nor accounting: processes are tracked by their parents.
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MailProg=/bin/true
MpiDefault=none
SwitchType=switch/none

# Jobs start, end and are requeued in seconds; a host that does not answer is down in about ten.
# A requeued job waits until the credential of its start before has expired: started earlier, a host may take it for the one it has killed.
AuthInfo=cred_expire=15
SchedulerType=sched/backfill
SchedulerParameters=sched_interval=1,sched_min_interval=0,bf_interval=1,batch_sched_delay=0
SlurmdTimeout=5
MessageTimeout=3
TCPTimeout=1
BatchStartTimeout=10
KillWait=5
MinJobAge=300
MaxArraySize=1001
EnforcePartLimits=ALL
ReturnToService=2

# The nodes have the processors and the memory that stand here, whatever machine they are on.
SlurmdParameters=config_overrides
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
CONF
        for ((i = 1; i <= nodes; i++)); do
            echo "NodeName=n$i NodeAddr=$(address_of "n$i") CPUs=2 RealMemory=1000 State=UNKNOWN"
        done
        cat <<'CONF'

# What is in low is requeued for what is in high.
PreemptType=preempt/partition_prio
PreemptMode=REQUEUE
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE PriorityTier=1 PreemptMode=OFF
PartitionName=short Nodes=ALL MaxTime=1 PriorityTier=1 PreemptMode=OFF
PartitionName=low Nodes=ALL MaxTime=INFINITE PriorityTier=1
PartitionName=high Nodes=ALL MaxTime=INFINITE PriorityTier=2 PreemptMode=OFF
CONF
    } >"$dir/etc/slurm/slurm.conf"
}
