/*
 * elf.c: brings a program into the guest's memory as the kernel would, and
 * says in one sentence why it cannot. Headers are taken as they are in the
 * file (either class, either byte order) and trusted in nothing.
 */
#include "linux-user/internal.h"

#include <elf.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NOT_FOUND = 127, CANNOT_RUN = 126 }; /* a shell's exit statuses */
#define MAX_PHDRS 512

struct segment { uint32_t type, flags; uint64_t offset, vaddr, filesz, memsz, align; };

struct image {
    const char *path;
    int fd;
    uint64_t file_size;
    uint16_t type;
    uint64_t entry, phoff;
    uint16_t phnum, phentsize;
    struct segment segment[MAX_PHDRS];
    uint64_t low, high;          /* of all PT_LOAD, page-aligned */
    uint64_t bias;
    int code_prot;               /* added to PROT_EXEC */
};

/* ---- what it is ---- */

static const struct { uint16_t machine; uint8_t class; const char *name; } machines[] = {
    {EM_386, 0, "i386"}, {EM_X86_64, 0, "x86-64"}, {EM_ARM, 0, "arm"}, {EM_AARCH64, 0, "aarch64"},
    {EM_MIPS, ELFCLASS32, "mips"}, {EM_MIPS, ELFCLASS64, "mips64"}, {EM_PPC, 0, "ppc"}, {EM_PPC64, 0, "ppc64"},
    {EM_RISCV, ELFCLASS32, "riscv32"}, {EM_RISCV, ELFCLASS64, "riscv64"}, {EM_S390, 0, "s390x"}, {EM_68K, 0, "m68k"},
    {EM_SPARC, 0, "sparc"}, {EM_SPARCV9, 0, "sparc64"}, {EM_SH, 0, "sh4"}, {EM_IA_64, 0, "ia64"}, {EM_ALPHA, 0, "alpha"},
    {EM_PARISC, 0, "hppa"}, {258, 0, "loongarch64"},
};

static const char *machine_name(uint16_t machine, uint8_t class, char *buf, size_t size)
{
    for (unsigned i = 0; i < ARRAY_SIZE(machines); i++)
        if (machines[i].machine == machine && (!machines[i].class || machines[i].class == class))
            return machines[i].name;
    snprintf(buf, size, "machine number %u", machine);
    return buf;
}

static uint16_t file16(const uint8_t *ident, uint16_t v)
{
    return ident[EI_DATA] == ELFDATA2MSB ? __builtin_bswap16(v) : v;
}

static bool is_ours(const uint8_t *ident, uint16_t machine)
{
    return machine == abi->elf_machine && ident[EI_CLASS] == abi->elf_class && ident[EI_DATA] == abi->elf_data;
}

int elf_probe(int fd)
{
    Elf32_Ehdr h; /* the first fields are the same in both classes */
    ssize_t n = pread(fd, &h, sizeof h, 0);

    if (n < 0)
        return -errno;
    if ((size_t)n < offsetof(Elf32_Ehdr, e_version) || memcmp(h.e_ident, ELFMAG, SELFMAG))
        return -ENOEXEC;
    return is_ours(h.e_ident, file16(h.e_ident, h.e_machine));
}

static void refuse_other_machine(const struct image *m, const Elf32_Ehdr *h)
{
    char other[40];
    uint16_t machine = file16(h->e_ident, h->e_machine);
    const char *order = machine == abi->elf_machine ? h->e_ident[EI_DATA] == ELFDATA2MSB ? ", big-endian" : ", little-endian" : "";

    if (machine == abi->elf_machine && h->e_ident[EI_CLASS] == abi->elf_class && h->e_ident[EI_DATA] != ELFDATA2MSB &&
        h->e_ident[EI_DATA] != ELFDATA2LSB)
        die_status(CANNOT_RUN, "'%s' is a damaged ELF file: its byte order is %u", m->path, h->e_ident[EI_DATA]);
    die_status(CANNOT_RUN, "'%s' is a program for %s%s, and %s runs programs for %s%s", m->path,
               machine_name(machine, h->e_ident[EI_CLASS], other, sizeof other), order, program_name, abi->name,
               abi->big_endian ? ", big-endian" : "");
}

int open_program(const char *path)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0) {
        int error = errno;

        if (error == ENOENT || error == ENOTDIR)
            die_status(NOT_FOUND, "cannot find the program '%s'%s", path,
                       strchr(path, '/') ? "" : " in this folder (give a path: PATH is not searched)");
        die_status(CANNOT_RUN, "cannot open the program '%s': %s", path, strerror(error));
    }
    if (fstat(fd, &st))
        die_status(CANNOT_RUN, "cannot examine '%s': %s", path, strerror(errno));
    if (S_ISDIR(st.st_mode))
        die_status(CANNOT_RUN, "'%s' is a directory, not a program", path);
    if (!S_ISREG(st.st_mode))
        die_status(CANNOT_RUN, "'%s' is not a regular file", path);
    if (faccessat(AT_FDCWD, path, X_OK, AT_EACCESS))
        die_status(CANNOT_RUN, "'%s' may not be executed: %s (chmod +x?)", path, strerror(errno));
    return fd;
}

/* ---- headers ---- */

static void damaged(const struct image *m, const char *what)
{
    die_status(CANNOT_RUN, "'%s' is a damaged ELF file: %s", m->path, what);
}

static void read_segment32(struct segment *s, const Elf32_Phdr *p)
{
    *s = (struct segment){order32(p->p_type), order32(p->p_flags), order32(p->p_offset), order32(p->p_vaddr),
                          order32(p->p_filesz), order32(p->p_memsz), order32(p->p_align)};
}

static void read_segment64(struct segment *s, const Elf64_Phdr *p)
{
    *s = (struct segment){order32(p->p_type), order32(p->p_flags), order64(p->p_offset), order64(p->p_vaddr),
                          order64(p->p_filesz), order64(p->p_memsz), order64(p->p_align)};
}

static void read_phdrs(struct image *m)
{
    bool wide = abi->elf_class == ELFCLASS64;
    size_t each = wide ? sizeof(Elf64_Phdr) : sizeof(Elf32_Phdr), size = each * m->phnum;
    uint8_t raw[MAX_PHDRS * sizeof(Elf64_Phdr)];

    if (!m->phnum)
        damaged(m, "it has no program headers (an object file? link it first)");
    if (m->phentsize != each || m->phnum > MAX_PHDRS)
        damaged(m, "its program headers have an impossible size");
    if (pread(m->fd, raw, size, (off_t)m->phoff) != (ssize_t)size)
        damaged(m, "its program headers lie behind the end of the file");
    for (unsigned i = 0; i < m->phnum; i++)
        if (wide)
            read_segment64(&m->segment[i], (const Elf64_Phdr *)raw + i);
        else
            read_segment32(&m->segment[i], (const Elf32_Phdr *)raw + i);
}

/* Everything is checked here, so that mapping can only fail for want of memory. */
static void check_segments(struct image *m)
{
    uint64_t last = 0;

    m->low = ~0ull;
    m->high = 0;
    for (unsigned i = 0; i < m->phnum; i++) {
        const struct segment *s = &m->segment[i];

        if (s->type != PT_LOAD || !s->memsz)
            continue;
        if (s->filesz > s->memsz)
            damaged(m, "a segment is larger in the file than in memory");
        if (s->vaddr >= abi->task_size || s->memsz > abi->task_size - s->vaddr)
            damaged(m, "a segment does not fit into the address space");
        if (s->filesz && (s->vaddr ^ s->offset) % GUEST_PAGE)
            damaged(m, "a segment's address and file offset do not agree modulo the page size");
        if (s->filesz && (s->offset > m->file_size || s->filesz > m->file_size - s->offset))
            die_status(CANNOT_RUN, "'%s' is truncated: a segment ends at byte %llu, the file has %llu", m->path,
                       (unsigned long long)(s->offset + s->filesz), (unsigned long long)m->file_size);
        if (s->vaddr < last)
            damaged(m, "its segments are not in order");
        last = s->vaddr + s->memsz;
        m->low = MIN_(m->low, align_down(s->vaddr, GUEST_PAGE));
        m->high = MAX_(m->high, align_up(last, GUEST_PAGE));
    }
    if (!m->high)
        damaged(m, "it has nothing to load");
}

static void read_headers(struct image *m)
{
    union { Elf32_Ehdr h32; Elf64_Ehdr h64; } h;
    struct stat st;
    ssize_t n = pread(m->fd, &h, sizeof h, 0);

    if (n < 0 || fstat(m->fd, &st))
        die_status(CANNOT_RUN, "cannot read '%s': %s", m->path, strerror(errno));
    m->file_size = (uint64_t)st.st_size;
    if (n < SELFMAG || memcmp(h.h32.e_ident, ELFMAG, SELFMAG))
        die_status(CANNOT_RUN, n ? "'%s' is neither an ELF program nor a script" : "'%s' is empty", m->path);
    if ((size_t)n < offsetof(Elf32_Ehdr, e_version))
        die_status(CANNOT_RUN, "'%s' is truncated: it ends within the ELF header", m->path);
    if (!is_ours(h.h32.e_ident, file16(h.h32.e_ident, h.h32.e_machine)))
        refuse_other_machine(m, &h.h32);
    if ((size_t)n < (abi->elf_class == ELFCLASS64 ? sizeof h.h64 : sizeof h.h32))
        die_status(CANNOT_RUN, "'%s' is truncated: it ends within the ELF header", m->path);
    m->type = order16(h.h32.e_type);
    if (m->type != ET_EXEC && m->type != ET_DYN)
        die_status(CANNOT_RUN, "'%s' is %s, not a program", m->path,
                   m->type == ET_REL ? "an object file" : m->type == ET_CORE ? "a core dump" : "an ELF file of unknown type");
    if (abi->elf_class == ELFCLASS64) {
        m->entry = order64(h.h64.e_entry), m->phoff = order64(h.h64.e_phoff);
        m->phnum = order16(h.h64.e_phnum), m->phentsize = order16(h.h64.e_phentsize);
    } else {
        m->entry = order32(h.h32.e_entry), m->phoff = order32(h.h32.e_phoff);
        m->phnum = order16(h.h32.e_phnum), m->phentsize = order16(h.h32.e_phentsize);
    }
    read_phdrs(m);
    check_segments(m);
}

static const struct segment *find_segment(const struct image *m, uint32_t type)
{
    for (unsigned i = 0; i < m->phnum; i++)
        if (m->segment[i].type == type)
            return &m->segment[i];
    return NULL;
}

/* ---- properties ---- */

#define PROPERTY_ALIGN 8u /* ELFCLASS64 */
enum { MAX_PROPERTIES = 1024 };
struct property { uint32_t type, size; };

/* One note, of properties in rising order; a bad one is refused, as the kernel does. Returns what they add to PROT_* of code. */
static int prot_of_properties(const struct image *m, const uint8_t *note, uint64_t bytes)
{
    Elf64_Nhdr head;
    struct property p;
    uint64_t at = sizeof head + sizeof "GNU", end;
    int64_t last = -1;
    int prot = 0;

    if (bytes < at)
        damaged(m, "its GNU properties are cut off");
    memcpy(&head, note, sizeof head);
    if (order32(head.n_type) != NT_GNU_PROPERTY_TYPE_0 || order32(head.n_namesz) != sizeof "GNU" || memcmp(note + sizeof head, "GNU", sizeof "GNU") ||
        order32(head.n_descsz) > bytes - at)
        damaged(m, "its GNU properties are not in a note of theirs");
    for (end = at + order32(head.n_descsz); at < end; at += align_up(p.size, PROPERTY_ALIGN)) {
        uint32_t value;

        if (end - at < sizeof p)
            damaged(m, "its GNU properties are cut off");
        memcpy(&p, note + at, sizeof p);
        p = (struct property){order32(p.type), order32(p.size)};
        at += sizeof p;
        if (align_up(p.size, PROPERTY_ALIGN) > end - at || p.type <= last)
            damaged(m, "its GNU properties are cut off or not in order");
        last = p.type;
        memcpy(&value, note + at, sizeof value);
        if (p.size == sizeof value)
            prot |= abi->property_prot(p.type, order32(value));
    }
    return prot;
}

static int property_prot(const struct image *m)
{
    const struct segment *s = find_segment(m, PT_GNU_PROPERTY);
    uint8_t note[MAX_PROPERTIES + PROPERTY_ALIGN];

    if (!abi->property_prot || !s)
        return 0;
    if (s->filesz > MAX_PROPERTIES)
        damaged(m, "its GNU properties are impossibly long");
    memset(note, 0, sizeof note);
    if (pread(m->fd, note, s->filesz, (off_t)s->offset) != (ssize_t)s->filesz)
        damaged(m, "its GNU properties lie behind the end of the file");
    return prot_of_properties(m, note, s->filesz);
}

/* ---- mapping ---- */

static void cannot_map(const struct image *m, const struct segment *s, long error)
{
    die_status(CANNOT_RUN, "cannot map '%s' at %#llx: %s", m->path, (unsigned long long)(m->bias + s->vaddr), strerror((int)-error));
}

/* File bytes, then zeros: the rest of the last file page, and pages of their own. */
static void map_segment(const struct image *m, const struct segment *s)
{
    int prot = (s->flags & PF_R ? PROT_READ : 0) | (s->flags & PF_W ? PROT_WRITE : 0) | (s->flags & PF_X ? PROT_EXEC | m->code_prot : 0);
    uint64_t start = m->bias + s->vaddr, page = align_down(start, GUEST_PAGE);
    uint64_t file_end = start + s->filesz, end = start + s->memsz;
    long result;

    if (s->filesz) {
        result = guest_mmap(page, file_end - page, prot, MAP_PRIVATE | MAP_FIXED, m->fd, align_down(s->offset, GUEST_PAGE));
        if (result < 0)
            cannot_map(m, s, result);
        page = align_up(file_end, GUEST_PAGE);
        if (end > file_end && prot & PROT_WRITE)
            clear_guest(file_end, page - file_end); /* to the end of the page: ld.so allocates from there */
    }
    if (align_up(end, GUEST_PAGE) > page) {
        result = guest_mmap(page, align_up(end, GUEST_PAGE) - page, prot, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
        if (result < 0)
            cannot_map(m, s, result);
    }
}

/* Chooses where it goes (bias) and maps all of it. */
static void map_image(struct image *m, bool is_interpreter, bool has_interpreter)
{
    uint64_t size = m->high - m->low;
    long at;

    if (m->type == ET_EXEC)
        at = guest_mmap(m->low, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);
    else
        at = guest_mmap(is_interpreter || !has_interpreter ? 0 : abi->pie_base, size, PROT_NONE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (at < 0)
        die_status(CANNOT_RUN, "cannot map '%s' (%llu bytes): %s", m->path, (unsigned long long)size, strerror((int)-at));
    m->bias = (uint64_t)at - m->low;
    m->code_prot = is_interpreter || !has_interpreter ? property_prot(m) : 0; /* a dynamic linker looks itself */
    guest_munmap((uint64_t)at, size);
    for (unsigned i = 0; i < m->phnum; i++)
        if (m->segment[i].type == PT_LOAD && m->segment[i].memsz)
            map_segment(m, &m->segment[i]);
}

/* Where the program headers are once mapped: AT_PHDR. */
static uint64_t mapped_phdrs(const struct image *m)
{
    for (unsigned i = 0; i < m->phnum; i++) {
        const struct segment *s = &m->segment[i];

        if (s->type == PT_LOAD && s->offset <= m->phoff && m->phoff < s->offset + s->filesz)
            return m->bias + m->phoff - s->offset + s->vaddr;
    }
    return 0;
}

static void note_program(const struct image *m)
{
    guest.load_base = m->bias;
    guest.phdr = mapped_phdrs(m);
    guest.phnum = m->phnum;
    guest.phent = m->phentsize;
    guest.start_code = ~0ull;
    for (unsigned i = 0; i < m->phnum; i++) {
        const struct segment *s = &m->segment[i];
        uint64_t start = m->bias + s->vaddr;

        if (s->type != PT_LOAD)
            continue;
        guest.start_code = MIN_(guest.start_code, start);
        if (s->flags & PF_X)
            guest.end_code = MAX_(guest.end_code, start + s->filesz);
        guest.start_data = MAX_(guest.start_data, start);
        guest.end_data = MAX_(guest.end_data, start + s->filesz);
        guest.brk_start = MAX_(guest.brk_start, align_up(start + s->memsz, GUEST_PAGE));
    }
}

static void missing_interpreter(const struct image *m, const char *name)
{
    const char *slash = strrchr(name, '/');
    const struct guest_linker *l = abi->linkers;

    if (options.prefix)
        die_status(NOT_FOUND, "'%s' needs the dynamic linker '%s', which is neither below '%s' (given by -L) nor on this system",
                   m->path, name, options.prefix);
    while (l->name[0] && strcmp(l->name, slash ? slash + 1 : name))
        l++;
    if (!l->name[0])
        die_status(NOT_FOUND, "'%s' needs the dynamic linker '%s', which is not here: give the folder that holds it with -L",
                   m->path, name);
    die_status(NOT_FOUND, "'%s' needs the dynamic linker '%s', which is not here: give the folder that holds it with -L "
               "(for example -L %s), or install the package %s", m->path, name, l->folder, l->package);
}

static void load_interpreter(const struct image *program, const struct segment *s)
{
    static struct image m APART;
    char name[PATH_MAX], found[PATH_MAX];

    if (s->filesz < 2 || s->filesz > sizeof name || pread(program->fd, name, s->filesz, (off_t)s->offset) != (ssize_t)s->filesz ||
        name[s->filesz - 1])
        damaged(program, "the name of its dynamic linker cannot be read");
    m.path = guest_path(name, found);
    m.fd = open(m.path, O_RDONLY | O_CLOEXEC);
    if (m.fd < 0)
        missing_interpreter(program, name);
    read_headers(&m);
    map_image(&m, true, false);
    guest.entry = m.bias + m.entry;
    guest.interp_base = m.bias;
    close(m.fd);
}

void load_program(const char *path, int fd)
{
    static struct image m APART;
    const struct segment *stack, *interpreter;

    m.path = path;
    m.fd = fd;
    read_headers(&m);
    stack = find_segment(&m, PT_GNU_STACK);
    interpreter = find_segment(&m, PT_INTERP);
    if (abi->read_implies_exec && (!stack || stack->flags & PF_X))
        guest.personality |= READ_IMPLIES_EXEC;
    guest.exec_stack = stack && stack->flags & PF_X;
    map_image(&m, false, interpreter);
    note_program(&m);
    guest.entry = guest.entry_program = m.bias + m.entry;
    if (m.type == ET_DYN && !interpreter)
        guest.brk_start = abi->pie_base; /* a loader or static-PIE stands among the mappings: keep the heap apart */
    if (interpreter)
        load_interpreter(&m, interpreter);
    guest.brk = guest.brk_start;
}
