/** What the kernel's error codes mean to a person. */

/** The message strerror(3) gives for the codes a user meets when naming a path; the code itself for others. */
export function errnoMessage(code: string): string {
  return messages[code] ?? code;
}

const messages: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  ENOENT: 'no such file or directory',
  ENOTDIR: 'not a directory',
  EISDIR: 'is a directory',
  ELOOP: 'too many levels of symbolic links',
  ENAMETOOLONG: 'name too long',
  ENOSPC: 'no space left on device',
  EDQUOT: 'disk quota exceeded',
  EROFS: 'read-only file system',
  EBUSY: 'device or resource busy',
  ENOTEMPTY: 'directory not empty',
  EEXIST: 'file exists',
  EMFILE: 'too many open files',
  EIO: 'input/output error',
  ENXIO: 'no such device or address',
  ETIMEDOUT: 'its filesystem does not answer',
  ESTALE: 'stale file handle: the file server no longer knows it',
  ENOTCONN: 'not connected: the process behind this FUSE mount has died',
};
