/** What a key, a click or a new size of the terminal makes of the state. */
import { fromText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { helpScroll } from '../../render/screens/browse/browse-help.ts';
import { listRoom } from '../../render/screens/browse/browse-layout.ts';
import { deedOf } from './keys.ts';
import type { Deed } from './keys.ts';
import { open } from './moves.ts';
import { pressInTree } from './press-tree.ts';
import { moveTo, reorder, rowsOf } from './selection.ts';
import { still } from './browse-state.ts';
import type { BrowseState, Mode, Turn } from './browse-state.ts';

/** Lines that a turn of the wheel moves. */
const WHEEL_LINES = 3;
/** Lines above the first row. */
const HEAD_LINES = 2;

/** @param key its name, or the character it types. */
export function press(before: BrowseState, key: string): Turn {
  const state = before.message === undefined ? before : { ...before, message: undefined };
  const { mode } = state;
  switch (mode.at) {
    case 'tree':
      return isForRows(state, key) ? typeAhead(state, key) : pressInTree(state, key);
    case 'filter':
      return pressInFilter(state, key);
    case 'why':
      return pressInWhy(state, mode, key);
    case 'help':
      return pressInHelp(state, mode, key);
    case 'judging':
    case 'deleting':
      return key === 'escape' || key === 'q' ? { state, wishes: [{ wish: 'stop' }] } : still(state);
    case 'asking':
      return pressWhenAsked(state, mode, key);
    case 'told':
      return scrolled(state, mode, key) ?? inTree(state);
  }
}

/** What needs no row. */
const WITHOUT_ROWS: ReadonlySet<Deed | undefined> = new Set([
  'close',
  'quit',
  'help',
  'why-list',
  'why-panel',
  undefined,
]);
/** A held key must not go on for minutes. */
const MOST_AHEAD = 32;

function isForRows({ listing }: BrowseState, key: string): boolean {
  return listing === undefined && !WITHOUT_ROWS.has(deedOf(key));
}

function typeAhead(state: BrowseState, key: string): Turn {
  return still(
    state.typedAhead.length < MOST_AHEAD ? { ...state, typedAhead: [...state.typedAhead, key] } : state,
  );
}

/** Presses the keys that waited for the listing, which has come. */
export function pressAhead(state: BrowseState): Turn {
  let turn = still({ ...state, typedAhead: [] });
  for (const key of state.typedAhead) {
    const next = press(turn.state, key);
    turn = { state: next.state, wishes: [...turn.wishes, ...next.wishes] };
  }
  return turn;
}

function inTree(state: BrowseState): Turn {
  return still({ ...state, mode: { at: 'tree' } });
}

function pressInFilter(state: BrowseState, key: string): Turn {
  const { filter } = state;
  if (key === 'enter') return inTree(state);
  if (key === 'escape') return inTree(reorder({ ...state, filter: '' as ByteString }));
  if (key === 'up' || key === 'down') return still(moveTo(state, state.cursor + (key === 'up' ? -1 : 1)));
  if (key === 'ctrl-u') return filtered(state, '' as ByteString);
  // Not a byte, a character.
  if (key === 'backspace')
    return filter === '' ? inTree(state) : filtered(state, fromText(withoutLast(filter)));
  return isTyped(key) ? filtered(state, (filter + fromText(key)) as ByteString) : still(state);
}

function filtered(state: BrowseState, filter: ByteString): Turn {
  return still(reorder({ ...state, filter }));
}

function withoutLast(filter: ByteString): string {
  return Array.from(Buffer.from(filter, 'latin1').toString('utf8')).slice(0, -1).join('');
}

/** A character, not the name of a key. */
function isTyped(key: string): boolean {
  return Array.from(key).length === 1 && key >= ' ';
}

/** What does not fit is scrolled to; any other key goes back. */
function pressInHelp(state: BrowseState, mode: At<'help'>, key: string): Turn {
  const most = helpScroll(state.width, state.height);
  const steps: Partial<Record<Deed, number>> = { up: -1, down: 1, 'page-up': -most, 'page-down': most };
  const deed = deedOf(key);
  const step = deed === undefined || most === 0 ? undefined : steps[deed];
  if (step === undefined) return still({ ...state, mode: mode.back });
  const top = Math.min(Math.max(0, mode.top + step), most);
  return still({ ...state, mode: { ...mode, top } });
}

type At<Kind extends Mode['at']> = Extract<Mode, { at: Kind }>;

function pressInWhy(state: BrowseState, mode: At<'why'>, key: string): Turn {
  const findings = state.survey?.findings ?? [];
  const room = listRoom(state.height);
  const to = (wanted: number): Turn => {
    const cursor = Math.min(Math.max(0, wanted), Math.max(0, findings.length - 1));
    return still({ ...state, mode: { ...mode, cursor } });
  };
  switch (deedOf(key)) {
    case 'up':
      return to(mode.cursor - 1);
    case 'down':
      return to(mode.cursor + 1);
    case 'page-up':
    case 'half-up':
      return to(mode.cursor - Math.ceil(room / 4));
    case 'page-down':
    case 'half-down':
      return to(mode.cursor + Math.ceil(room / 4));
    case 'first':
      return to(0);
    case 'last':
      return to(findings.length - 1);
    case 'open': {
      const path = findings.at(mode.cursor)?.paths.at(0);
      if (path === undefined) return still({ ...state, message: 'it lies in no tree' });
      return { state: { ...state, mode: { at: 'tree' } }, wishes: [{ wish: 'find', path }] };
    }
    case 'help':
      return still({ ...state, mode: { at: 'help', top: 0, back: mode } });
    case 'quit':
    case 'close':
    case 'clear':
    case 'why-list':
      return inTree(state);
    default:
      return still(state);
  }
}

function pressWhenAsked(state: BrowseState, mode: At<'asking'>, key: string): Turn {
  const may = mode.judged.some(({ unit }) => unit?.verdict === 'deletable');
  if (key === 'y' && may) {
    const { judged, forGood } = mode;
    const of = judged.filter(({ unit }) => unit?.verdict === 'deletable').length;
    return {
      state: { ...state, mode: { at: 'deleting', done: 0, of } },
      wishes: [{ wish: 'delete', judged, forGood }],
    };
  }
  if (key === 'D' && may) return still({ ...state, mode: { ...mode, forGood: !mode.forGood } });
  return scrolled(state, mode, key) ?? inTree(state);
}

/** Undefined for any other key. */
function scrolled(state: BrowseState, mode: At<'asking'> | At<'told'>, key: string): Turn | undefined {
  const deed = deedOf(key);
  if (deed !== 'up' && deed !== 'down') return undefined;
  const count = mode.at === 'asking' ? mode.judged.length : mode.told.outcomes.length;
  const top = Math.min(Math.max(0, mode.top + (deed === 'up' ? -1 : 1)), Math.max(0, count - 1));
  return still({ ...state, mode: { ...mode, top } });
}

/** A mouse event: the wheel, or the left button at a line of the screen, counted from 0. */
export type MouseEvent =
  | { readonly mouse: 'wheel-up' | 'wheel-down' }
  | { readonly mouse: 'click'; readonly line: number };

export function point(state: BrowseState, event: MouseEvent): Turn {
  if (event.mouse !== 'click') {
    const key = event.mouse === 'wheel-up' ? 'up' : 'down';
    let turn = still(state);
    for (let line = 0; line < WHEEL_LINES; line++) turn = press(turn.state, key);
    return turn;
  }
  if (state.mode.at !== 'tree') return still(state);
  const line = event.line - HEAD_LINES;
  const index = state.top + line;
  if (line < 0 || line >= rowsOf(state) || index >= state.order.length) return still(state);
  // The second click on an entry opens it.
  return index === state.cursor ? open(state) : still(moveTo(state, index));
}

export function resize(state: BrowseState, width: number, height: number): BrowseState {
  return moveTo({ ...state, width, height }, state.cursor);
}
