/** Where diskwhy keeps what must outlive a run: journals of deletions, and nothing else. */
import { fromText, joinPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { UsageError } from '../../model/errors.ts';

/** Variables of the environment that say where it is. */
export type StateEnvironment = Readonly<Record<'XDG_STATE_HOME' | 'HOME', string | undefined>>;

/**
 * $XDG_STATE_HOME (basedir-spec) where it is set, else /var/lib for root, whose HOME may be that of whoever called
 * sudo, and ~/.local/state for others.
 */
export function journalDirectory(
  { XDG_STATE_HOME: state, HOME: home }: StateEnvironment,
  uid: number,
): ByteString {
  if (state?.startsWith('/') === true) return below(state);
  if (uid === 0) return below('/var/lib');
  if (home?.startsWith('/') === true) return below(`${home}/.local/state`);
  throw new UsageError(
    'there is no HOME to keep the journal in; --journal PATH says where, --no-journal does without',
  );
}

function below(base: string): ByteString {
  return joinPath(fromText(base), fromText('diskwhy/journal'));
}
