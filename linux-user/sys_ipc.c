/*
 * sys_ipc.c: System V semaphores, messages and the control of shared memory
 * (attaching is mman.c's). Control structs have other fields in other places
 * on 32-bit ABIs, so they go field by field.
 */
#include "linux-user/syscall.h"

#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/syscall.h>

#define IPC_64 0x100 /* what C libraries add on 32-bit ABIs: the layout we have anyway */

static struct k_ipc_perm perm_out(const struct ipc_perm *p)
{
    return (struct k_ipc_perm){.key = p->__key, .uid = p->uid, .gid = p->gid, .cuid = p->cuid,
                               .cgid = p->cgid, .mode = p->mode, .seq = p->__seq};
}

static void perm_in(struct ipc_perm *p, const struct k_ipc_perm *k)
{
    p->uid = k->uid;
    p->gid = k->gid;
    p->mode = k->mode;
}

/* ----------------------------------------------------------- semaphores -- */

static long sem_stat(int id, int cmd, uint64_t addr)
{
    struct semid_ds ds;
    long result = host_syscall(SYS_semctl, id, 0, cmd, &ds);
    struct k_semid_ds k = {
        .sem_perm = perm_out(&ds.sem_perm), .sem_otime = ds.sem_otime, .sem_ctime = ds.sem_ctime, .sem_nsems = ds.sem_nsems,
        .sem_otime_high = (uint64_t)ds.sem_otime >> 32, .sem_ctime_high = (uint64_t)ds.sem_ctime >> 32,
    };

    struct k_semid_ds_wide wide = {.sem_perm = k.sem_perm, .sem_otime = ds.sem_otime, .sem_ctime = ds.sem_ctime, .sem_nsems = ds.sem_nsems};

    if (result < 0)
        return result;
    return (abi->long_size == 8 ? struct_to_guest(T_semid_ds_wide, addr, &wide) : struct_to_guest(T_semid_ds, addr, &k)) ? result : -EFAULT;
}

static long sem_set(int id, uint64_t addr)
{
    struct k_semid_ds k;
    struct semid_ds ds = {0};

    if (!struct_from_guest(T_semid_ds, &k, addr))
        return -EFAULT;
    perm_in(&ds.sem_perm, &k.sem_perm);
    return host_syscall(SYS_semctl, id, 0, IPC_SET, &ds);
}

/* GETALL and SETALL: as many u16 as the set has members. */
static long sem_all(int id, int cmd, uint64_t addr)
{
    struct semid_ds ds;
    long result = host_syscall(SYS_semctl, id, 0, IPC_STAT, &ds);
    uint16_t *values;

    if (result < 0)
        return result;
    values = calloc(ds.sem_nsems + 1, sizeof *values);
    if (!values)
        return -ENOMEM;
    for (unsigned i = 0; cmd == SETALL && i < ds.sem_nsems; i++) {
        uint64_t v;

        if (!guest_get(addr + 2 * i, 2, &v))
            result = -EFAULT;
        values[i] = v;
    }
    if (!result)
        result = host_syscall(SYS_semctl, id, 0, cmd, values);
    for (unsigned i = 0; cmd == GETALL && !result && i < ds.sem_nsems; i++)
        if (!guest_put(addr + 2 * i, 2, values[i]))
            result = -EFAULT;
    free(values);
    return result;
}

/* semctl's fourth argument is a union passed by value: an address or a number. */
HANDLER(sys_semctl)
{
    int id = a[0].n, cmd = a[2].n & ~IPC_64;

    switch (cmd) {
    case IPC_STAT: case SEM_STAT: case SEM_STAT_ANY: return sem_stat(id, cmd, a[3].addr);
    case IPC_SET: return sem_set(id, a[3].addr);
    case GETALL: case SETALL: return sem_all(id, cmd, a[3].addr);
    case IPC_INFO: case SEM_INFO: {
        struct k_int10 info;
        long result = host_syscall(SYS_semctl, id, a[1].n, cmd, &info);

        return result < 0 || struct_to_guest(T_int10, a[3].addr, &info) ? result : -EFAULT;
    }
    default: return host_syscall(SYS_semctl, id, a[1].n, cmd, (int)a[3].n);
    }
}

/* ------------------------------------------------------------- messages -- */

#define MESSAGE_MAX (1 << 20)

/* struct msgbuf: a long, then the text. */
HANDLER(sys_msgsnd)
{
    struct msgbuf *m;
    uint64_t type;
    long result;

    if (a[2].u > MESSAGE_MAX)
        return -EINVAL;
    m = malloc(sizeof m->mtype + a[2].u);
    if (!m)
        return -ENOMEM;
    if (guest_get_long(a[1].addr, &type) && copy_from_guest(m->mtext, a[1].addr + abi->long_size, a[2].u)) {
        m->mtype = sx(type, 8 * abi->long_size);
        result = blocking(SLEEPS, SYS_msgsnd, a[0].n, m, a[2].u, a[3].n);
    } else {
        result = -EFAULT;
    }
    free(m);
    return result;
}

HANDLER(sys_msgrcv)
{
    struct msgbuf *m;
    long result;

    if ((int64_t)sx(a[2].u, 8 * abi->long_size) < 0)
        return -EINVAL;
    m = malloc(sizeof m->mtype + MIN_(a[2].u, MESSAGE_MAX));
    if (!m)
        return -ENOMEM;
    result = blocking(SLEEPS, SYS_msgrcv, a[0].n, m, MIN_(a[2].u, MESSAGE_MAX), a[3].n, a[4].n);
    if (result >= 0 && (!guest_put_long(a[1].addr, m->mtype) || !copy_to_guest(a[1].addr + abi->long_size, m->mtext, result)))
        result = -EFAULT;
    free(m);
    return result;
}

static long msg_stat(int id, int cmd, uint64_t addr)
{
    struct msqid_ds ds;
    long result = host_syscall(SYS_msgctl, id, cmd, &ds);
    struct k_msqid_ds k = {
        .msg_perm = perm_out(&ds.msg_perm), .msg_stime = ds.msg_stime, .msg_rtime = ds.msg_rtime, .msg_ctime = ds.msg_ctime,
        .msg_stime_high = (uint64_t)ds.msg_stime >> 32, .msg_rtime_high = (uint64_t)ds.msg_rtime >> 32,
        .msg_ctime_high = (uint64_t)ds.msg_ctime >> 32, .cbytes = ds.__msg_cbytes, .msg_qnum = ds.msg_qnum,
        .msg_qbytes = ds.msg_qbytes, .msg_lspid = ds.msg_lspid, .msg_lrpid = ds.msg_lrpid,
    };

    struct k_msqid_ds_wide wide = {
        .msg_perm = k.msg_perm, .msg_stime = ds.msg_stime, .msg_rtime = ds.msg_rtime, .msg_ctime = ds.msg_ctime, .cbytes = k.cbytes,
        .msg_qnum = k.msg_qnum, .msg_qbytes = k.msg_qbytes, .msg_lspid = k.msg_lspid, .msg_lrpid = k.msg_lrpid,
    };

    if (result < 0)
        return result;
    return (abi->long_size == 8 ? struct_to_guest(T_msqid_ds_wide, addr, &wide) : struct_to_guest(T_msqid_ds, addr, &k)) ? result : -EFAULT;
}

HANDLER(sys_msgctl)
{
    int id = a[0].n, cmd = a[1].n & ~IPC_64;

    switch (cmd) {
    case IPC_STAT: case MSG_STAT: case MSG_STAT_ANY: return msg_stat(id, cmd, a[2].addr);
    case IPC_SET: {
        struct k_msqid_ds k;
        struct k_msqid_ds_wide wide;
        struct msqid_ds ds = {0};

        if (!struct_from_guest(T_msqid_ds, &k, a[2].addr) || (abi->long_size == 8 && !struct_from_guest(T_msqid_ds_wide, &wide, a[2].addr)))
            return -EFAULT;
        perm_in(&ds.msg_perm, &k.msg_perm);
        ds.msg_qbytes = abi->long_size == 8 ? wide.msg_qbytes : k.msg_qbytes;
        return host_syscall(SYS_msgctl, id, cmd, &ds);
    }
    case IPC_INFO: case MSG_INFO: {
        struct msginfo info;
        long result = host_syscall(SYS_msgctl, id, cmd, &info);

        return result < 0 || copy_to_guest(a[2].addr, &info, sizeof info) ? result : -EFAULT;
    }
    default: return host_syscall(SYS_msgctl, id, cmd, 0);
    }
}

/* -------------------------------------------------------- shared memory -- */

static long shm_stat(int id, int cmd, uint64_t addr)
{
    struct shmid_ds ds;
    long result = host_syscall(SYS_shmctl, id, cmd, &ds);
    struct k_shmid_ds k = {
        .shm_perm = perm_out(&ds.shm_perm), .shm_segsz = ds.shm_segsz,
        .shm_atime = ds.shm_atime, .shm_dtime = ds.shm_dtime, .shm_ctime = ds.shm_ctime,
        .shm_atime_high = (uint64_t)ds.shm_atime >> 32, .shm_dtime_high = (uint64_t)ds.shm_dtime >> 32,
        .shm_ctime_high = (uint64_t)ds.shm_ctime >> 32,
        .shm_cpid = ds.shm_cpid, .shm_lpid = ds.shm_lpid, .shm_nattch = ds.shm_nattch,
    };

    struct k_shmid_ds_wide wide = {
        .shm_perm = k.shm_perm, .shm_segsz = k.shm_segsz, .shm_atime = ds.shm_atime, .shm_dtime = ds.shm_dtime, .shm_ctime = ds.shm_ctime,
        .shm_cpid = k.shm_cpid, .shm_lpid = k.shm_lpid, .shm_nattch = k.shm_nattch,
    };

    if (result < 0)
        return result;
    return (abi->long_size == 8 ? struct_to_guest(T_shmid_ds_wide, addr, &wide) : struct_to_guest(T_shmid_ds, addr, &k)) ? result : -EFAULT;
}

static uint64_t clamp(uint64_t v)
{
    return abi->long_size == 4 ? MIN_(v, INT32_MAX) : v;
}

HANDLER(sys_shmctl)
{
    int id = a[0].n, cmd = a[1].n & ~IPC_64;
    long result;

    switch (cmd) {
    case IPC_STAT: case SHM_STAT: case SHM_STAT_ANY: return shm_stat(id, cmd, a[2].addr);
    case IPC_SET: {
        struct k_shmid_ds k;
        struct shmid_ds ds = {0};

        if (!struct_from_guest(T_shmid_ds, &k, a[2].addr))
            return -EFAULT;
        perm_in(&ds.shm_perm, &k.shm_perm);
        return host_syscall(SYS_shmctl, id, cmd, &ds);
    }
    case IPC_INFO: {
        struct k_shminfo info;

        result = host_syscall(SYS_shmctl, id, cmd, &info);
        info.shmmax = clamp(info.shmmax);
        info.shmall = clamp(info.shmall);
        return result < 0 || struct_to_guest(T_shminfo, a[2].addr, &info) ? result : -EFAULT;
    }
    case SHM_INFO: {
        struct k_shm_info info;

        result = host_syscall(SYS_shmctl, id, cmd, &info);
        return result < 0 || struct_to_guest(T_shm_info, a[2].addr, &info) ? result : -EFAULT;
    }
    default: return host_syscall(SYS_shmctl, id, cmd, 0);
    }
}
