/**
 * Whose a place is by the Filesystem Hierarchy Standard 3.0 and the XDG base directories: what no rule knows lies mostly in
 * a directory that is called by its program.
 */
import { isInside, joinPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { ProgramPlace } from '../../model/findings/program-place.ts';
import { foreignRootOf } from '../../remedies/remedies.ts';

type Use = ProgramPlace['use'];

/** Directories whose children are called by programs. */
const SYSTEM: readonly (readonly [above: string, use: Use])[] = [
  ['/var/lib', 'state'],
  ['/var/spool', 'spool'],
  ['/var/cache', 'cache'],
  ['/var/log', 'logs'],
  ['/var/opt', 'state'],
  ['/var/snap', 'state'],
  ['/opt', 'own'],
  ['/usr/local', 'own'],
  ['/usr/lib', 'own'],
  ['/etc', 'own'],
  ['/var', 'own'],
];
const HOME: readonly (readonly [above: string, use: Use])[] = [
  ['.cache', 'cache'],
  ['.local/share', 'state'],
  ['.local/state', 'state'],
  ['.config', 'state'],
  ['.var/app', 'state'],
  ['snap', 'state'],
];
/** Names there that are no program's: parts of the hierarchy, and what people call their own. */
const NO_PROGRAM =
  /^(?:backups?|bin|cache|crash|data|db|etc|games|home|include|info|lib\d*|libexec|local|lock|lost\+found|mail|man|misc|old|opt|private|run|sbin|share|software|spool|src|srv|state|tmp|www|log|lib|yp|[a-z]+-linux-gnu[a-z\d]*)$/u;

/** The outermost place of a program that `path` lies in; undefined where its place tells nothing. @param homes of all users. */
export function programPlaceOf(path: ByteString, homes: readonly ByteString[]): ProgramPlace | undefined {
  const root = foreignRootOf(path) ?? ('/' as ByteString);
  for (const [above, use] of SYSTEM) {
    const place = childOf(joinPath(root, above.slice(1) as ByteString), path);
    if (place !== undefined && !NO_PROGRAM.test(place.name))
      return { path: place.path, program: place.name, use };
  }
  const home = homes.find((one) => one !== '/' && path !== one && isInside(path, one));
  const above = joinPath(root, 'home' as ByteString);
  // Homes of people whom only a directory service knows.
  return inHome(path, home ?? childOf(above, path)?.path);
}

function inHome(path: ByteString, home: ByteString | undefined): ProgramPlace | undefined {
  if (home === undefined) return undefined;
  for (const [above, use] of HOME) {
    const place = childOf(joinPath(home, above as ByteString), path);
    if (place !== undefined) return { path: place.path, program: place.name, use };
  }
  const hidden = childOf(home, path);
  if (hidden === undefined || !/^\.\w/u.test(hidden.name)) return undefined;
  return { path: hidden.path, program: hidden.name.slice(1) as ByteString, use: 'own' };
}

/** The directory right below `above` that `path` lies in; what lies directly in `above` lies in none. */
function childOf(above: ByteString, path: ByteString): { path: ByteString; name: ByteString } | undefined {
  if (path === above || !isInside(path, above)) return undefined;
  const prefix = above === '/' ? '/' : `${above}/`;
  const name = path.slice(prefix.length).split('/', 1)[0] as ByteString;
  return path.length === prefix.length + name.length ? undefined : { path: joinPath(above, name), name };
}
