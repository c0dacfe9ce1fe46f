/** In a virtual machine: shell lines as root, images as disks. Nothing is cleaned up, the machine is thrown away. */
import { execFileSync } from 'node:child_process';

/** What the lines print; a line that fails is an error. @param words "$1" and so on. */
export function shell(lines: string, ...words: readonly string[]): string {
  return execFileSync('sh', ['-e', '-c', lines, 'sh', ...words], { encoding: 'utf8' });
}

/** A sparse image as a loop device: its name. */
export function loopDevice(image: string, megabytes: number): string {
  return shell(
    'modprobe loop; truncate -s "$2M" "$1"; losetup -f --show "$1"',
    image,
    String(megabytes),
  ).trim();
}
