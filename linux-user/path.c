/*
 * path.c: the guest's file system under -L: an absolute path that exists below
 * the prefix means that, so that a program finds its libraries and data.
 */
#include "linux-user/internal.h"

#include <stdio.h>
#include <unistd.h>

static bool kernel_made(const char *path)
{
    static const char roots[][6] = {"/proc", "/dev", "/sys"};

    for (unsigned i = 0; i < ARRAY_SIZE(roots); i++) {
        size_t n = strlen(roots[i]);

        if (!strncmp(path, roots[i], n) && (!path[n] || path[n] == '/'))
            return true;
    }
    return false;
}

const char *guest_path(const char *path, char buf[4096])
{
    if (!options.prefix || path[0] != '/' || !path[1] || kernel_made(path))
        return path;
    if (snprintf(buf, 4096, "%s%s", options.prefix, path) >= 4096 || access(buf, F_OK))
        return path;
    return buf;
}
