/** Whether an ordinary user lacks the permission for what is done to files: the line to paste then begins with sudo. */
import { accessSync, constants } from 'node:fs';
import type { Action } from '../model/action.ts';
import { parentPath, toBuffer } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';
import { lstatIfAny } from '../system/calls/lstat.ts';
import { isUnanswered } from '../system/calls/unanswered-places.ts';

/** The action, needing root where this user may not write what it empties, or remove what it deletes. */
export function withRootWhereNeeded(action: Action, isRoot: boolean): Action {
  if (isRoot || action.needs?.root === true || mayDo(action)) return action;
  return { ...action, needs: { ...action.needs, root: true } };
}

function mayDo(action: Action): boolean {
  switch (action.kind) {
    case 'empty-file':
      return action.paths.every((path) => may(path, constants.W_OK));
    case 'delete-files':
    case 'delete-directories':
      return action.paths.every(mayRemove);
    default:
      return true;
  }
}

const STICKY = 0o1000;

/** As unlink(2) is allowed: by the directory, and where that is sticky (/tmp) to its owner and the entry's alone. */
function mayRemove(path: ByteString): boolean {
  const above = parentPath(path);
  if (!may(above, constants.W_OK | constants.X_OK)) return false;
  const directory = lstatIfAny(above);
  if (directory === undefined || (directory.mode & STICKY) === 0) return true;
  const uid = process.geteuid?.();
  return directory.uid === uid || lstatIfAny(path)?.uid === uid;
}

function may(path: ByteString, mode: number): boolean {
  if (isUnanswered(path)) return false;
  try {
    accessSync(toBuffer(path), mode);
    return true;
  } catch {
    return false;
  }
}
