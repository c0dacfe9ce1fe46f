/** Mounts: what is mounted where, and what kind of filesystem it is for somebody who asks about disk space. */
import type { ByteString } from './byte-string.ts';

/**
 * `disk` and `memory` hold bytes; `kernel` is a view of the kernel with no bytes of its own; `network` and
 * `automount` may hang or mount something when touched, so they are never touched unasked.
 */
export type FilesystemKind = 'disk' | 'memory' | 'network' | 'automount' | 'kernel';

/** One line of /proc/self/mountinfo (proc_pid_mountinfo(5)). */
export interface Mount {
  readonly id: number;
  readonly parentId: number;
  /** "major:minor" of the mounted filesystem (st_dev). */
  readonly device: string;
  /** The directory of the filesystem that forms the root of this mount; not "/" for a bind mount. */
  readonly root: ByteString;
  readonly mountPoint: ByteString;
  /** Of this mount, e.g. "rw", "noatime" (mount(8)). */
  readonly options: readonly string[];
  /** e.g. "ext4", "tmpfs", "fuse.sshfs". */
  readonly type: string;
  /** e.g. "/dev/vda1", "tmpfs", "server:/export". */
  readonly source: ByteString;
  /** Of the filesystem, e.g. "upperdir=/var/lib/…" of an overlay. */
  readonly filesystemOptions: readonly ByteString[];
  readonly kind: FilesystemKind;
}

/** What an error did to a filesystem: it takes no writes any more, or nothing at all. */
export type FilesystemStop = 'read-only' | 'shut-down';

/** Filesystems that show the kernel's state; statfs(2) and the kernel's Documentation/filesystems list them. */
const kernel = new Set([
  'binder',
  'binfmt_misc',
  'bpf',
  'cgroup',
  'cgroup2',
  'configfs',
  'cpuset',
  'debugfs',
  'devpts',
  'efivarfs',
  'fuse.lxcfs',
  'fusectl',
  'mqueue',
  'nsfs',
  'proc',
  'pstore',
  'resctrl',
  'rpc_pipefs',
  'securityfs',
  'selinuxfs',
  'smackfs',
  'sysfs',
  'tracefs',
  'usbfs',
  'nfsd',
]);

const network = new Set([
  '9p',
  'acfs',
  'afs',
  'beegfs',
  'ceph',
  'cifs',
  'coda',
  'fuse.ceph',
  'fuse.glusterfs',
  'fuse.gcsfuse',
  'fuse.rclone',
  'fuse.s3fs',
  'fuse.sshfs',
  'gfs2',
  'glusterfs',
  'gpfs',
  'lustre',
  'ncpfs',
  'nfs',
  'nfs4',
  'ocfs2',
  'orangefs',
  'pvfs2',
  'smb3',
  'smbfs',
  'davfs',
  'fuse.davfs',
]);

/** Other FUSE types may ask a server that does not answer. */
const localFuse = new Set([
  'fuse.bindfs',
  'fuse.encfs',
  'fuse.fuse-overlayfs',
  'fuse.gocryptfs',
  'fuse.mergerfs',
  'fuse.ntfs-3g',
  'fuse.snapfuse',
  'fuse.squashfuse',
]);

const memory = new Set(['tmpfs', 'ramfs', 'devtmpfs', 'hugetlbfs']);

/** The kind of a filesystem type as mountinfo names it. Unknown types count as disk. */
export function filesystemKind(type: string): FilesystemKind {
  if (type === 'autofs') return 'automount';
  if (kernel.has(type)) return 'kernel';
  if (network.has(type) || (/^fuse(\.|$)/u.test(type) && !localFuse.has(type))) return 'network';
  return memory.has(type) ? 'memory' : 'disk';
}
