/** Which configuration of this machine names a place: what starts from it later need not run now. */
import { fromText, joinPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { directoryNames } from '../directories/directory-names.ts';
import { sampleDirectory } from '../directories/sampled-directory.ts';
import { readConfigFile } from './config-files.ts';
import type { ConfigFile } from './config-files.ts';

/**
 * Where people say what is to run or to be served: their own units (systemd.unit(5)), cron (cron(8), of Debian and of
 * Red Hat), supervisord, web servers. Units of packages name what is packaged.
 */
const DIRECTORIES: readonly ByteString[] = [
  '/etc/systemd/system',
  '/run/systemd/system',
  '/etc/cron.d',
  '/etc/cron.hourly',
  '/etc/cron.daily',
  '/etc/cron.weekly',
  '/etc/cron.monthly',
  '/var/spool/cron',
  '/var/spool/cron/crontabs',
  '/etc/supervisor/conf.d',
  '/etc/supervisord.d',
  '/etc/nginx/conf.d',
  '/etc/nginx/sites-enabled',
  '/etc/apache2/sites-enabled',
  '/etc/httpd/conf.d',
].map(fromText);
const FILES: readonly ByteString[] = ['/etc/crontab', '/etc/rc.local'].map(fromText);
const MOST_BYTES = 2 ** 18;

/** All of it that can be read. */
export function readStartConfiguration(
  directories: readonly ByteString[] = DIRECTORIES,
  files: readonly ByteString[] = FILES,
): ConfigFile[] {
  const inside = directories.flatMap((directory) =>
    [...directoryNames(directory)].map((name) => joinPath(directory, name)),
  );
  return [...files, ...inside].flatMap((path) => readConfigFile(path, MOST_BYTES) ?? []);
}

/** Configuration that people write for programs, by its ending, in /etc and one level below. */
const ENDING = /\.(?:conf|cfg|cnf|ini|ya?ml|toml|json|properties|list|service|env|xml)$/u;
/** Deeper in /etc: definitions of virtual machines. */
const DEEPER = ['libvirt/qemu', 'libvirt/storage', 'xen'] as ByteString[];
const ETC = fromText('/etc');
const MOST_FILES = 2000;

/** What is to run and be served, and where programs are told to keep their files. */
export function readPlaceConfiguration(etc: ByteString = ETC): ConfigFile[] {
  const { names: files, directories } = sampleDirectory(etc, MOST_FILES);
  const below = [...directories, ...DEEPER].flatMap((directory) =>
    [...directoryNames(joinPath(etc, directory))].map((name) => joinPath(directory, name)),
  );
  const told = [...files, ...below].filter((path) => ENDING.test(path)).slice(0, MOST_FILES);
  return [
    ...(etc === ETC ? readStartConfiguration() : []),
    ...told.flatMap((path) => readConfigFile(joinPath(etc, path), MOST_BYTES) ?? []),
  ];
}

/** The first that names `directory` or something in it outside of a comment; undefined where none does. */
export function namedIn(directory: ByteString, configuration: readonly ConfigFile[]): ByteString | undefined {
  return configuration.find(({ text }) => names(text, directory, endsThere))?.path;
}

/** The first that names the place itself. */
export function namedItselfIn(
  place: ByteString,
  configuration: readonly ConfigFile[],
): ByteString | undefined {
  return configuration.find(({ text }) => names(text, place, endsWithIt))?.path;
}

function names(text: ByteString, place: ByteString, ends: (rest: string) => boolean): boolean {
  // Most name it nowhere: lines are taken apart only in those that do.
  if (!text.includes(place)) return false;
  return text.split('\n').some((line) => !/^\s*[#;]/u.test(line) && line.split(place).slice(1).some(ends));
}

/** What follows the path is no more of a name: "/opt/shop" is not named by "/opt/shop-old". */
function endsThere(rest: string): boolean {
  return !/^[\w.@+-]/u.test(rest);
}

/** Nor of a path below it. */
function endsWithIt(rest: string): boolean {
  return /^\/?(?:[^\w.@+/-]|$)/u.test(rest);
}
