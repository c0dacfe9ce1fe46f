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
    case 'o':
      return osRelease('ID');
    case 'w':
      return osRelease('VERSION_ID');
    case 'B':
      return osRelease('BUILD_ID');
    case 'W':
      return osRelease('VARIANT_ID');
    case 'A':
      return osRelease('IMAGE_VERSION');
    case 'M':
      return osRelease('IMAGE_ID');
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

/** A field of os-release(5); empty where it is not set, undefined where there is no such file. */
function osRelease(field: string): string | undefined {
  const text = readText('/etc/os-release') ?? readText('/usr/lib/os-release');
  if (text === undefined) return undefined;
  const line = text.split('\n').findLast((one) => one.startsWith(`${field}=`));
  return (line ?? '')
    .slice(field.length + 1)
    .trim()
    .replace(/^(["'])(.*)\1$/u, '$2')
    .replaceAll(/\\(["'$`\\])/gu, '$1');
}

/**
 * The same for lines that a user has for his own directories (user-tmpfiles.d): where those are without XDG variables
 * (file-hierarchy(7)).
 */
export function userSpecifier(
  letter: string,
  { uid, home }: { uid: number; home: string },
): string | undefined {
  switch (letter) {
    case 'h':
      return home;
    case 'C':
      return `${home}/.cache`;
    case 'S':
      return `${home}/.local/state`;
    case 'L':
      return `${home}/.local/state/log`;
    case 't':
      return `/run/user/${uid}`;
    case 'U':
      return String(uid);
    // Names of users and groups are asked of services that may be far away.
    case 'u':
    case 'g':
    case 'G':
      return undefined;
    default:
      return tmpfilesSpecifier(letter);
  }
}

/** A UUID without its dashes. */
function identifier(path: string): string | undefined {
  return readText(path)?.trim().replaceAll('-', '');
}
