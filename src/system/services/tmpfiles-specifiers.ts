/** What the specifiers of tmpfiles.d(5) stand for on this machine. */
import { arch, hostname, release } from 'node:os';
import { readText } from './config-files.ts';

const architectures: Readonly<Record<string, string>> = { x64: 'x86-64', arm64: 'arm64', ia32: 'x86' };

/** The value of %letter for the system's own lines; undefined for one that is not known. */
export function tmpfilesSpecifier(letter: string): string | undefined {
  switch (letter) {
    case 'b':
      return identifier('/proc/sys/kernel/random/boot_id');
    case 'm':
      return identifier('/etc/machine-id');
    case 'H':
      return hostname();
    case 'l':
      return hostname().split('.', 1)[0];
    case 'v':
      return release();
    case 'a':
      return architectures[arch()];
    default:
      return directories[letter];
  }
}

/** Where the system manager's directories are; %h, %u and their kin are root's. */
const directories: Readonly<Record<string, string>> = {
  C: '/var/cache',
  L: '/var/log',
  S: '/var/lib',
  T: '/tmp',
  V: '/var/tmp',
  t: '/run',
  h: '/root',
  u: 'root',
  g: 'root',
  U: '0',
  G: '0',
};

/** A UUID without its dashes. */
function identifier(path: string): string | undefined {
  return readText(path)?.trim().replaceAll('-', '');
}
