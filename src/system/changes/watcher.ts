/**
 * Watches directories through inotify: the one importer of chokidar. It says what may have changed, never how: whoever
 * wants to know looks for themselves. Trouble with a directory is reported once and leaves the others watched.
 */
import { statSync } from 'node:fs';
import { FSWatcher } from 'chokidar';
import { fromText, isText, toText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { errorCode } from '../calls/errno.ts';

export interface WatcherHooks {
  /** Something happened to `name` in a watched directory; undefined where the name cannot be told. */
  readonly onChange: (directory: ByteString, name: ByteString | undefined) => void;
  /** ENOSPC or EMFILE: a limit of this user is met; others: this directory cannot be watched. */
  readonly onFailure: (code: string, directory: ByteString | undefined) => void;
}

export interface DirectoryWatcher extends AsyncDisposable {
  /** Watches a directory, nothing below it; false where its path is not text. */
  readonly add: (directory: ByteString) => boolean;
  readonly remove: (directory: ByteString) => void;
}

/** U+FFFD stands for bytes that are not UTF-8: the name does not lead back to its file. */
const REPLACEMENT = '\uFFFD';

export function watchDirectories(hooks: WatcherHooks): DirectoryWatcher {
  const watched = new Set<string>();
  const watcher = new FSWatcher({
    depth: 0,
    ignoreInitial: true,
    followSymlinks: false,
    atomic: false,
    awaitWriteFinish: false,
    ignorePermissionErrors: true,
    // Files never need a watch or a look of chokidar's own: `raw` says which changed.
    ignored: (path, stats) => !watched.has(path) && !(stats?.isDirectory() ?? isDirectory(path)),
  });
  watcher.on('raw', (_event, name, details: unknown) => {
    const directory = (details as { watchedPath?: string }).watchedPath;
    if (directory === undefined || !watched.has(directory)) return;
    const isKnown = typeof name === 'string' && name !== '' && !name.includes(REPLACEMENT);
    hooks.onChange(fromText(directory), isKnown ? fromText(name) : undefined);
  });
  watcher.on('error', (error) => {
    const path = error instanceof Error && 'path' in error ? error.path : undefined;
    hooks.onFailure(errorCode(error) ?? 'EIO', typeof path === 'string' ? fromText(path) : undefined);
  });
  return {
    add: (directory) => {
      if (!isText(directory)) return false;
      const path = toText(directory);
      watched.add(path);
      watcher.add(path);
      return true;
    },
    remove: (directory) => {
      const path = toText(directory);
      if (watched.delete(path)) watcher.unwatch(path);
    },
    [Symbol.asyncDispose]: () => watcher.close(),
  };
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
