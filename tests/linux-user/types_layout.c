/*
 * types_layout.c: linux-user/types.def says of the kernel's structs what the
 * headers of the guest's C library say. Nothing is run but comparisons.
 */
#include "linux-user/check.h"

/* The guest's own kinds: what types.h defines for the host, here as the guest's compiler sees
 * them. Before the headers, which define macros with names of fields. */
#define C_schar signed char
#define C_uchar unsigned char
#define C_sshort short
#define C_ushort unsigned short
#define C_sint int
#define C_uint unsigned
#define C_slong long
#define C_ulong unsigned long
#define C_s64 long long
#define C_u64 unsigned long long
#define C_nsec long long
struct nothing {};
#if __SIZEOF_LONG__ == 8
#define C_wide unsigned long long
#define C_narrow struct nothing
#else
#define C_wide struct nothing
#define C_narrow unsigned char
#endif
#define STRUCT(name)            struct k_##name {
#define FIELD(kind, name)           C_##kind name;
#define ARRAY(kind, name, n)        C_##kind name[n];
#define SUB(type, name)             struct k_##type name;
#define END(name)               };
#include "../../linux-user/types.def"

#include <linux/fiemap.h>
#include <linux/fs.h>
#include <linux/hdreg.h>
#include <linux/if.h>
#include <linux/loop.h>
#include <linux/route.h>
#include <linux/serial.h>
#include <linux/sockios.h>
#include <linux/types.h>
#include <linux/vt.h>
#include <mqueue.h>
#include <signal.h>
#include <stddef.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/msg.h>
#include <sys/resource.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/sysinfo.h>
#include <sys/times.h>
#include <sys/timex.h>
#include <time.h>

#define SIZE(k, real) CHECK(sizeof(struct k_##k) == sizeof(real))
#define AT(k, field, real, its) CHECK(offsetof(struct k_##k, field) == offsetof(real, its))

int main(void)
{
    SIZE(timespec, struct timespec);
    SIZE(timeval, struct timeval);
    SIZE(itimerspec, struct itimerspec);
    SIZE(itimerval, struct itimerval);
    SIZE(tms, struct tms);
    SIZE(timex, struct timex);
    AT(timex, tai, struct timex, tai);
    SIZE(rusage, struct rusage);
    SIZE(rlimit, struct rlimit);
    SIZE(sysinfo, struct sysinfo);
    AT(sysinfo, mem_unit, struct sysinfo, mem_unit);
#if __SIZEOF_LONG__ == 8
    SIZE(stat_generic, struct stat);
    AT(stat_generic, st_rdev, struct stat, st_rdev);
    AT(stat_generic, st_size, struct stat, st_size);
    AT(stat_generic, st_blksize, struct stat, st_blksize);
    AT(stat_generic, st_blocks, struct stat, st_blocks);
    AT(stat_generic, st_ctime_nsec, struct stat, st_ctim.tv_nsec);
#else
    SIZE(stat64, struct stat64);
    AT(stat64, st_rdev, struct stat64, st_rdev);
    AT(stat64, st_size, struct stat64, st_size);
    AT(stat64, st_blocks, struct stat64, st_blocks);
    AT(stat64, st_mtime_sec, struct stat64, st_mtime);
    AT(stat64, st_ino, struct stat64, st_ino);
#endif
    SIZE(statfs, struct statfs);
    AT(statfs, f_flags, struct statfs, f_flags);
    AT(statfs64, f_fsid, struct statfs64, f_fsid);
    AT(statfs64, f_frsize, struct statfs64, f_frsize);
    SIZE(flock, struct flock);
    SIZE(flock64, struct flock64);
    AT(flock64, l_pid, struct flock64, l_pid);
    SIZE(epoll_event, struct epoll_event);
    SIZE(msghdr, struct msghdr);
    AT(msghdr, msg_flags, struct msghdr, msg_flags);
    SIZE(mmsghdr, struct mmsghdr);
    SIZE(cmsghdr, struct cmsghdr);
    SIZE(ucred, struct ucred);
    SIZE(ipc_perm, struct ipc_perm);
    AT(ipc_perm, mode, struct ipc_perm, mode);
    AT(ipc_perm, seq, struct ipc_perm, __seq);
#if __SIZEOF_LONG__ == 8
    SIZE(semid_ds_wide, struct semid_ds);
    AT(semid_ds_wide, sem_nsems, struct semid_ds, sem_nsems);
    SIZE(msqid_ds_wide, struct msqid_ds);
    AT(msqid_ds_wide, msg_lspid, struct msqid_ds, msg_lspid);
    SIZE(shmid_ds_wide, struct shmid_ds);
    AT(shmid_ds_wide, shm_nattch, struct shmid_ds, shm_nattch);
#else
    SIZE(semid_ds, struct semid_ds);
    AT(semid_ds, sem_nsems, struct semid_ds, sem_nsems);
    SIZE(msqid_ds, struct msqid_ds);
    AT(msqid_ds, msg_lspid, struct msqid_ds, msg_lspid);
    SIZE(shmid_ds, struct shmid_ds);
    AT(shmid_ds, shm_nattch, struct shmid_ds, shm_nattch);
#endif
    SIZE(mq_attr, struct mq_attr);
    AT(sigevent, sigev_notify_thread_id, struct sigevent, _sigev_un._tid);
    SIZE(winsize, struct winsize);
    SIZE(ifreq_int, struct ifreq);
    SIZE(ifreq_short, struct ifreq);
    SIZE(ifreq_addr, struct ifreq);
    SIZE(ifreq_map, struct ifreq);
    SIZE(ifconf, struct ifconf);
    SIZE(rtentry, struct rtentry);
    AT(rtentry, rt_dev, struct rtentry, rt_dev);
    SIZE(hd_geometry, struct hd_geometry);
    SIZE(fiemap, struct fiemap);
    SIZE(file_clone_range, struct file_clone_range);
    SIZE(fstrim_range, struct fstrim_range);
    SIZE(fsxattr, struct fsxattr);
    SIZE(loop_info, struct loop_info);
    AT(loop_info, lo_init, struct loop_info, lo_init);
    SIZE(loop_info64, struct loop_info64);
    SIZE(serial_struct, struct serial_struct);
    AT(serial_struct, iomap_base, struct serial_struct, iomap_base);
    SIZE(vt_mode, struct vt_mode);
    SIZE(vt_stat, struct vt_stat);
    return failures;
}
