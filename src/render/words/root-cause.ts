/** What a failing step comes from, in one sentence that says what was looked up, and that it was here and now. */
import { commandText } from '../../model/command-text.ts';
import type { RootCause } from '../../model/root-cause.ts';
import { displayName, escapeText } from '../terminal/escape.ts';
import { formatCount, formatSize } from '../terminal/size.ts';

export function rootCauseText(cause: RootCause): string {
  switch (cause.kind) {
    case 'refused':
      return refusedText(cause);
    case 'address-taken':
      return takenText(cause);
    case 'no-space':
      return `${displayName(cause.path)} has ${formatSize(cause.availableBytes, { exact: false })}${cause.freeInodes === null ? '' : ` and ${formatCount(cause.freeInodes)} inodes`} free now (looked up here)`;
    case 'denied':
      return deniedText(cause);
    case 'missing':
      return missingText(cause);
    case 'login-refused':
      return loginText(cause);
    case 'killed-for-memory':
      return `the kernel's log says that it killed ${cause.program} for memory${cause.times > 1 ? `, ${formatCount(cause.times)} times` : ''}`;
  }
}

function refusedText({ address, isListening }: Extract<RootCause, { kind: 'refused' }>): string {
  if (isListening === null) return `${address} refuses: it is not on this machine, so it was not looked at`;
  return isListening
    ? `something listens on ${address} by now (looked up here)`
    : `nothing listens on ${address} now (looked up here)`;
}

function loginText({ user, address, isListening }: Extract<RootCause, { kind: 'login-refused' }>): string {
  const who = user === null ? 'the login' : `the login of ${escapeText(user)}`;
  const server = address === null ? 'the server' : address;
  const here =
    isListening === null
      ? ''
      : `; ${isListening ? 'it listens' : 'nothing listens there'} now (looked up here)`;
  return `${server} answers and refuses ${who}: name or password are wrong, which no retry changes${here}`;
}

function takenText({ address, isTaken, holder }: Extract<RootCause, { kind: 'address-taken' }>): string {
  if (!isTaken) return `nobody listens on ${address} any more (looked up here)`;
  return holder === null
    ? `${address} is taken now, by whom may not be seen (looked up here)`
    : `${address} is taken now by ${commandText(holder)} (pid ${holder.pid}; looked up here)`;
}

function deniedText({ path, at, owner, permissions }: Extract<RootCause, { kind: 'denied' }>): string {
  const mode = permissions.toString(8).padStart(4, '0');
  return path === at
    ? `${displayName(path)} belongs to ${owner}, mode ${mode} (looked up here)`
    : `${displayName(path)} is out of reach: ${displayName(at)} belongs to ${owner}, mode ${mode} (looked up here)`;
}

function missingText({ path, isThere, at }: Extract<RootCause, { kind: 'missing' }>): string {
  return isThere
    ? `${displayName(path)} is there by now (looked up here)`
    : `${displayName(path)} is not there now: the path leads to ${displayName(at)} (looked up here)`;
}
