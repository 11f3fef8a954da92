/*
 * main.c: from our command line to the guest's first instruction.
 */
#include "debug/debug.h"
#include "linux-user/internal.h"
#include "linux-user/syscall.h"

#include <elf.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#define AT_FLAGS_PRESERVE_ARGV0 1 /* binfmt_misc flag P: argv is ours, path, argv[0], ... */
#define SCRIPT_DEPTH 5

extern char **environ;

/* What is to be run, as the options, binfmt_misc and #! lines have it. */
struct command {
    const char *program;         /* path to open */
    int fd;                      /* already open, or -1 */
    int argc;
    char **argv;
};

/* ---- before the guest ---- */

static void set_up_logs(void)
{
    const char *bad;

    if (options.log && (!strcmp(options.log, "help") || !strcmp(options.log, "?"))) {
        log_help(stdout);
        exit(0);
    }
    if (options.log && !log_set(options.log, &bad))
        die("unknown log item '%s' (given by -d; '-d help' lists them)", bad);
    if (options.strace)
        log_mask |= 1ull << LOG_strace;
    if (options.log_file && !log_open(options.log_file))
        die("cannot open the log file '%s': %s (given by -D)", options.log_file, strerror(errno));
    if (options.dfilter && !log_filter(options.dfilter))
        die("'%s' is not a list of address ranges such as 0x1000..0x1fff or 0x1000+0x100 (given by -dfilter)", options.dfilter);
}

/* "sve=off" applied to a model. */
static void switch_feature(struct guest_cpu_model *m, const char *text)
{
    size_t length = strcspn(text, "=");
    bool on = !strcmp(text + length, "=on"), off = !strcmp(text + length, "=off");

    if (guest_arch->cpu_property && guest_arch->cpu_property(m, text))
        return;
    if (!on && !off && text[length])
        die("'%s' is not of the form feature=on or feature=off (given by -cpu)", text);
    for (const struct guest_cpu_switch *s = guest_arch->switches; s->name; s++)
        if (strlen(s->name) == length && !strncmp(s->name, text, length)) {
            m->features &= ~(off ? s->features : s->inverse);
            m->features |= off ? s->inverse : s->features;
            return;
        }
    die("CPU model '%s' has no feature '%.*s' (given by -cpu; '-cpu help' lists them)", m->name, (int)length, text);
}

static const struct guest_cpu_model *with_switches(const struct guest_cpu_model *model, const char *list)
{
    static struct guest_cpu_model changed;
    char *copy, *rest, *text;

    if (!guest_arch->switches || !*list)
        return model;
    changed = *model;
    rest = copy = strdup(list + 1);
    while ((text = strsep(&rest, ",")))
        switch_feature(&changed, text);
    free(copy);
    return &changed;
}

static const struct guest_cpu_model *find_cpu(void)
{
    const char *name = options.cpu ? options.cpu : "max";
    size_t length = strcspn(name, ",");
    const char *switches = name + length;

    if (!strcmp(name, "help") || !strcmp(name, "?"))
        print_cpus();
    if (!strncmp(name, "any", length))
        name = "max", length = 3;
    for (const struct guest_cpu_model *m = guest_arch->models; m->name; m++)
        if (strlen(m->name) == length && !strncmp(m->name, name, length))
            return with_switches(m, switches);
    die("unknown CPU model '%s' (given by -cpu; '-cpu help' lists them)", name);
}

static void choose_stack_size(void)
{
    struct rlimit limit;

    if (!options.stack_size) {
        options.stack_size = 8 << 20;
        if (!getrlimit(RLIMIT_STACK, &limit) && limit.rlim_cur != RLIM_INFINITY)
            options.stack_size = MIN_(limit.rlim_cur, 1ull << 30);
    }
    options.stack_size = MIN_(MAX_(align_up(options.stack_size, GUEST_PAGE), 64 << 10), 1ull << 30);
}

/* ---- environment ---- */

static size_t name_length(const char *entry)
{
    return strcspn(entry, "=");
}

static unsigned remove_variable(char **envp, unsigned n, const char *name, size_t length)
{
    unsigned kept = 0;

    for (unsigned i = 0; i < n; i++)
        if (name_length(envp[i]) != length || strncmp(envp[i], name, length))
            envp[kept++] = envp[i];
    return kept;
}

static unsigned count_commas(const char *list)
{
    unsigned n = 1;

    for (; list && *list; list++)
        n += *list == ',';
    return n;
}

/* Ours with -U and -E applied. */
static char **guest_environment(void)
{
    unsigned n = 0;
    char **envp, *list, *next;

    if (!options.set_env && !options.unset_env)
        return environ;
    while (environ[n])
        n++;
    envp = calloc(n + count_commas(options.set_env) + 1, sizeof *envp);
    if (!envp)
        die("out of memory");
    memcpy(envp, environ, n * sizeof *envp);
    for (list = strdup(options.unset_env ? options.unset_env : ""); (next = strsep(&list, ","));) {
        if (strchr(next, '='))
            die("'%s' is not the name of a variable (given by -U)", next);
        n = remove_variable(envp, n, next, strlen(next));
    }
    for (list = strdup(options.set_env ? options.set_env : ""); (next = strsep(&list, ","));) {
        if (!*next)
            continue;
        if (!strchr(next, '='))
            die("'%s' is not of the form variable=value (given by -E)", next);
        n = remove_variable(envp, n, next, name_length(next));
        envp[n++] = next;
    }
    envp[n] = NULL;
    return envp;
}

/* ---- the command ---- */

static void read_command(struct command *c, int argc, char **argv)
{
    unsigned long flags = getauxval(AT_FLAGS);
    int first;

    errno = 0;
    c->fd = (int)getauxval(AT_EXECFD);
    if (errno)
        c->fd = -1;
    if (flags & AT_FLAGS_PRESERVE_ARGV0 && argc >= 3) {
        options_parse(1, argv); /* the environment only: everything else is the guest's */
        c->program = argv[1];
        c->argv = argv + 2;
        c->argc = argc - 2;
    } else {
        first = options_parse(argc, argv);
        if (first >= argc && !(options.cpu && !strcmp(options.cpu, "help")) && !(options.log && !strcmp(options.log, "help")))
            die("no program given (-h shows how to call %s)", program_name);
        c->program = argv[first];
        c->argv = argv + first;
        c->argc = argc - first;
        if (options.exec_fd)
            c->fd = atoi(options.exec_fd);
    }
    guest.by_binfmt = flags & AT_FLAGS_PRESERVE_ARGV0 || c->fd >= 0;
    if (options.argv0 && c->argc)
        c->argv[0] = (char *)(uintptr_t)options.argv0;
}

/* #! line: the command becomes interpreter, argument, script, the rest. */
static void resolve_scripts(struct command *c)
{
    static struct script s[SCRIPT_DEPTH] APART;
    static char path[SCRIPT_DEPTH][PATH_MAX] APART;

    for (unsigned depth = 0;; depth++) {
        char **argv;
        int n = 0;

        if (c->fd < 0)
            c->fd = open_program(c->program);
        if (depth == SCRIPT_DEPTH || read_script(c->fd, &s[depth]) != 1)
            return;
        argv = calloc((size_t)c->argc + 3, sizeof *argv);
        if (!argv)
            die("out of memory");
        argv[n++] = s[depth].interpreter;
        if (s[depth].argument[0])
            argv[n++] = s[depth].argument;
        argv[n++] = (char *)(uintptr_t)c->program;
        for (int i = 1; i < c->argc; i++)
            argv[n++] = c->argv[i];
        close(c->fd);
        c->fd = -1;
        c->argv = argv;
        c->argc = n;
        c->program = guest_path(s[depth].interpreter, path[depth]);
    }
}

static void name_process(const struct command *c)
{
    const char *slash = strrchr(c->program, '/');
    char *exe = realpath(c->program, NULL);

    snprintf(guest.comm, sizeof guest.comm, "%s", slash ? slash + 1 : c->program);
    prctl(PR_SET_NAME, guest.comm);
    guest.exe = exe ? exe : strdup(c->program);
    guest.exe_guest = guest.exe;
    guest.argv = c->argv;
}

/* ---- the guest's memory and first registers ---- */

static void map_vdso(void)
{
    long at = guest_mmap(0, abi->vdso_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (at < 0)
        return;
    copy_to_guest((uint64_t)at, abi->vdso, abi->vdso_size);
    guest_mprotect((uint64_t)at, abi->vdso_size, PROT_READ | PROT_EXEC);
    guest.vdso = (uint64_t)at;
}

/* -cache, else where the user's other caches are. Not for set-user-ID programs: whoever started them has the folder. */
static const char *kept_translations(void)
{
    static char path[PATH_MAX] APART;
    const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");

    if (guest.secure || (options.cache && !strcmp(options.cache, "off")))
        return NULL;
    if (options.cache)
        return options.cache;
    if (cache && cache[0] == '/')
        snprintf(path, sizeof path, "%s/moa", cache);
    else if (home && home[0] == '/' && home[1])
        snprintf(path, sizeof path, "%s/.cache/moa", home);
    else
        return NULL;
    return path;
}

static struct guest_thread *start_runtime(void)
{
    const struct guest_cpu_model *model = find_cpu();
    struct runtime_memory memory = {.base = guest_base, .address_bits = guest_arch->address_bits, .page_flags = page_flags,
                                   .page_query = page_flags ? NULL : page_radix_flags};
    struct runtime_options o = {
        .interpret = options.interpret, .one_insn = options.one_insn, .nochain = log_on(LOG_nochain), .fold = true,
        .first_runs = (unsigned)MIN_(options.first_runs, MAX_FIRST_RUNS),
    };
    struct vcpu *cpu;

    guest.model = model;
    runtime_init(guest_arch, &memory, &o);
    runtime_keep_in(kept_translations());
    cpu = vcpu_new(guest_arch, model);
    return thread_new(cpu);
}

static void start_debugging(struct guest_thread *t)
{
    debug_init(guest_arch, guest_base);
    if (options.perfmap)
        debug_perfmap_open();
    if (options.jitdump)
        debug_jitdump_open();
    if (debug_wants_translated())
        runtime_hooks.translated = debug_translated;
    if (debug_wants_entered())
        runtime_hooks.entered = debug_entered;
    if (options.gdb)
        gdb_start(t, options.gdb);
}

static void load(struct guest_thread *t, const struct command *c)
{
    uint64_t sp;

    guest_memory_layout(options.stack_size);
    load_program(c->program, c->fd);
    map_stack();
    abi->map_fixed();
    map_vdso();
    sp = build_stack(t, c->argc, c->argv, guest_environment(), c->program);
    abi->start(t, guest.entry, sp);
    if (log_on(LOG_page)) {
        FILE *f = log_begin(LOG_page);

        guest_map_print(f);
        log_end(f);
    }
}

int main(int argc, char **argv)
{
    struct command c;
    struct guest_thread *t;

    program_name = abi->program;
    guest.secure = getauxval(AT_SECURE);
    guest.uid = getuid();
    read_command(&c, argc, argv);
    set_up_logs();
    limits_at_start();
    choose_stack_size();
    if (options.cpu)
        find_cpu();
    resolve_scripts(&c);
    name_process(&c);
    guest_memory_init();
    t = start_runtime();
    load(t, &c);
    close(c.fd);
    thread_begin(t);
    signals_init(t);
    proc_publish();
    start_debugging(t);
    cpu_loop(t);
    bug("the first thread ended as a thread");
}
