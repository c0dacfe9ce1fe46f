/** Where diskwhy keeps what must outlive a run. */
import { fromText, joinPath } from './byte-string.ts';
import type { ByteString } from './byte-string.ts';

/** Variables of the environment that say where it is. */
export type StateEnvironment = Readonly<Record<'XDG_STATE_HOME' | 'HOME', string | undefined>>;

/**
 * $XDG_STATE_HOME (basedir-spec) where it is set, else /var/lib for root, whose HOME may be that of whoever called
 * sudo, and ~/.local/state for others; undefined where there is no HOME.
 */
export function stateDirectory(
  { XDG_STATE_HOME: state, HOME: home }: StateEnvironment,
  uid: number,
): ByteString | undefined {
  if (state?.startsWith('/') === true) return below(state);
  if (uid === 0) return below('/var/lib');
  return home?.startsWith('/') === true ? below(`${home}/.local/state`) : undefined;
}

/** Where snapshots are kept, a directory for each tree; undefined as above. */
export function snapshotsDirectory(environment: StateEnvironment, uid: number): ByteString | undefined {
  const state = stateDirectory(environment, uid);
  return state && joinPath(state, fromText('snapshots'));
}

function below(base: string): ByteString {
  return joinPath(fromText(base), fromText('diskwhy'));
}
