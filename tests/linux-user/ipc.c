/*
 * ipc.c: System V semaphores, messages, shared memory; POSIX message queues.
 * flags: -lrt
 */
#include "linux-user/check.h"

#include <mqueue.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <time.h>

union semun { int val; struct semid_ds *buf; unsigned short *array; };

static void semaphores_count(void)
{
    int id = semget(IPC_PRIVATE, 3, IPC_CREAT | 0600);
    unsigned short values[3] = {5, 6, 7}, got[3];
    struct semid_ds ds;
    struct sembuf op = {1, -4, IPC_NOWAIT}, wait_op = {2, -8, 0};
    struct timespec ts = {0, 20000000};

    CHECK(id >= 0);
    CHECK(semctl(id, 0, SETALL, (union semun){.array = values}) == 0);
    CHECK(semop(id, &op, 1) == 0);
    CHECK(semctl(id, 0, GETALL, (union semun){.array = got}) == 0 && got[0] == 5 && got[1] == 2 && got[2] == 7);
    CHECK_ERRNO(semop(id, &op, 1), EAGAIN);
    CHECK_ERRNO(semtimedop(id, &wait_op, 1, &ts), EAGAIN);
    CHECK(semctl(id, 0, SETVAL, (union semun){.val = 9}) == 0 && semctl(id, 0, GETVAL) == 9);
    CHECK(semctl(id, 0, IPC_STAT, (union semun){.buf = &ds}) == 0 && ds.sem_nsems == 3);
    CHECK(ds.sem_perm.uid == getuid() && (ds.sem_perm.mode & 0777) == 0600 && ds.sem_otime > 1600000000);
    ds.sem_perm.mode = 0640;
    CHECK(semctl(id, 0, IPC_SET, (union semun){.buf = &ds}) == 0);
    CHECK(semctl(id, 0, IPC_STAT, (union semun){.buf = &ds}) == 0 && (ds.sem_perm.mode & 0777) == 0640);
    CHECK(semctl(id, 0, IPC_RMID) == 0);
    CHECK_ERRNO(semctl(id, 0, GETVAL), EINVAL);
}

static void messages_keep_type_and_text(void)
{
    struct { long type; char text[64]; } m = {3, "three"}, got = {0};
    struct msqid_ds ds;
    int id = msgget(IPC_PRIVATE, IPC_CREAT | 0600);

    CHECK(msgsnd(id, &m, 6, 0) == 0);
    m.type = 7;
    strcpy(m.text, "seven");
    CHECK(msgsnd(id, &m, 6, 0) == 0);
    CHECK(msgctl(id, IPC_STAT, &ds) == 0 && ds.msg_qnum == 2 && ds.msg_lspid == getpid() && ds.msg_qbytes > 0);
    CHECK(msgrcv(id, &got, 64, 7, 0) == 6 && got.type == 7 && strcmp(got.text, "seven") == 0);
    CHECK_ERRNO(msgrcv(id, &got, 2, 0, 0), E2BIG);
    CHECK(msgrcv(id, &got, 64, -5, 0) == 6 && got.type == 3 && strcmp(got.text, "three") == 0);
    CHECK_ERRNO(msgrcv(id, &got, 64, 0, IPC_NOWAIT), ENOMSG);
    CHECK(msgctl(id, IPC_RMID, NULL) == 0);
}

static void shared_memory_is_shared(void)
{
    int id = shmget(IPC_PRIVATE, 10000, IPC_CREAT | 0600), status;
    volatile int *p = shmat(id, NULL, 0);
    struct shmid_ds ds;

    CHECK(p != (void *)-1);
    p[2000] = 1;
    if (fork() == 0) {
        p[2000] += 41;
        _exit(0);
    }
    wait(&status);
    CHECK(p[2000] == 42);
    CHECK(shmctl(id, IPC_STAT, &ds) == 0 && ds.shm_segsz == 10000 && ds.shm_nattch == 1 && ds.shm_cpid == getpid());
    CHECK(shmdt((void *)p) == 0);
    CHECK(shmctl(id, IPC_STAT, &ds) == 0 && ds.shm_nattch == 0);
    CHECK(shmctl(id, IPC_RMID, NULL) == 0);
}

static void posix_queues_order_by_priority(void)
{
    struct mq_attr attr = {.mq_maxmsg = 4, .mq_msgsize = 32}, now;
    char name[32], buf[32];
    unsigned priority;
    struct timespec past = {1, 0};

    snprintf(name, sizeof name, "/moa-test-%d", getpid());
    mqd_t q = mq_open(name, O_CREAT | O_RDWR, 0600, &attr);
    if (q == (mqd_t)-1 && errno == ENOSYS)
        return;
    CHECK(q != (mqd_t)-1);
    CHECK(mq_send(q, "low", 4, 1) == 0 && mq_send(q, "high", 5, 9) == 0);
    CHECK(mq_getattr(q, &now) == 0 && now.mq_curmsgs == 2 && now.mq_msgsize == 32 && now.mq_maxmsg == 4);
    CHECK(mq_receive(q, buf, 32, &priority) == 5 && priority == 9 && strcmp(buf, "high") == 0);
    CHECK(mq_receive(q, buf, 32, &priority) == 4 && priority == 1);
    CHECK_ERRNO(mq_timedreceive(q, buf, 32, NULL, &past), ETIMEDOUT);
    CHECK(mq_close(q) == 0 && mq_unlink(name) == 0);
}

int main(void)
{
    semaphores_count();
    messages_keep_type_and_text();
    shared_memory_is_shared();
    posix_queues_order_by_priority();
    return failures;
}
