/** Files below /usr that packages' own scripts and triggers make: no list has them, and yet they are no one else's. */
import { joinPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { directoryNames } from '../directories/directory-names.ts';
import type { PathCollector } from './path-collector.ts';

/** `*` stands for any part of one name. What makes them is named, so that each can be checked. */
const patterns = [
  // locale-gen, localedef
  '/usr/lib/locale/locale-archive',
  // iconvconfig
  '/usr/lib/gconv/gconv-modules.cache',
  '/usr/lib/*/gconv/gconv-modules.cache',
  // gtk-update-icon-cache, update-mime-database, update-desktop-database, glib-compile-schemas
  '/usr/share/icons/*/icon-theme.cache',
  '/usr/share/mime/*',
  '/usr/share/mime/*/*.xml',
  '/usr/share/applications/mimeinfo.cache',
  '/usr/share/glib-2.0/schemas/gschemas.compiled',
  // gdk-pixbuf-query-loaders, gtk-query-immodules, gio-querymodules
  '/usr/lib/*/gdk-pixbuf-2.0/*/loaders.cache',
  '/usr/lib/*/gtk-*/*/immodules.cache',
  '/usr/lib/*/gio/modules/giomodule.cache',
  // install-info, mkfontscale and mkfontdir, vlc-cache-gen, dot -c, systemd-hwdb
  '/usr/share/info/dir*',
  '/usr/share/fonts/*/*/fonts.*',
  '/usr/share/fonts/*/*/encodings.dir',
  '/usr/lib/*/vlc/plugins/plugins.dat',
  '/usr/lib/*/graphviz/config*',
  '/usr/lib/udev/hwdb.bin',
  // java -Xshare:dump, from the scripts of openjdk packages
  '/usr/lib/jvm/*/lib/server/classes*.jsa',
  // depmod
  '/usr/lib/modules/*/modules.*',
] as const;

/** Directories with all that is below them. */
const trees = [
  // localedef --no-archive
  '/usr/lib/locale/*',
  // dkms
  '/usr/lib/modules/*/updates/dkms',
  // dh_elpa's scripts: what is compiled from elpa-src
  '/usr/share/emacs/site-lisp/elpa/*',
] as const;

/** Adds those that are there now. Places of packages that are not installed cost one look each. */
export function collectGenerated(paths: PathCollector): void {
  for (const path of patterns.flatMap(expand)) paths.addGenerated(path);
  for (const path of trees.flatMap(expand)) paths.addGeneratedTree(path);
}

function expand(pattern: string): ByteString[] {
  let places: ByteString[] = ['/' as ByteString];
  for (const part of pattern.split('/').slice(1))
    places = places.flatMap((place) => namesLike(place, part).map((name) => joinPath(place, name)));
  return places;
}

function namesLike(directory: ByteString, part: string): ByteString[] {
  if (!part.includes('*')) return [part as ByteString];
  const [before, after] = part.split('*');
  return [...directoryNames(directory)].filter(
    (name) => name.length >= part.length - 1 && name.startsWith(before) && name.endsWith(after),
  );
}
