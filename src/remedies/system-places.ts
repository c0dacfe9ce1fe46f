/** Directories that belong to the system as such: what lies in them may go, they never do. */

/** Directories of the Filesystem Hierarchy Standard 3.0, and those of macOS. */
const SYSTEM_PLACES: ReadonlySet<string> = new Set(
  [
    '/ /bin /boot /dev /etc /home /lib /lib32 /lib64 /media /mnt /opt /proc /root /run /sbin /srv /sys /tmp /usr /var',
    '/usr/bin /usr/lib /usr/local /usr/sbin /usr/share /usr/src /var/backups /var/cache /var/lib /var/log /var/mail',
    '/var/opt /var/run /var/spool /var/tmp /var/www /Applications /Library /System /Users /Volumes',
  ].flatMap((line) => line.split(' ')),
);

export function isSystemPlace(path: string): boolean {
  return SYSTEM_PLACES.has(path);
}
