/** The part of the state that is on the screen, as render/ draws it. */
import { parentPath } from '../../model/byte-string.ts';
import type { BrowseRow, BrowseView, Overlay, WhyOfRow } from '../../render/screens/browse/browse-view.ts';
import { useOfPath } from '../../scan/scan.ts';
import { ROW_FLAG } from '../listing/listing.ts';
import type { Listing } from '../listing/listing.ts';
import { findingAt, reasonsFor } from './reasons.ts';
import { entryAt, rowsOf, selectedOf } from './selection.ts';
import type { BrowseState } from './browse-state.ts';

const kinds = ['directory', 'file', 'symlink', 'special', 'outside'] as const;

export function viewOf(state: BrowseState, nowSeconds: number): BrowseView {
  const { listing, order, top, own, survey, marks, mode } = state;
  const shown = [...order.subarray(top, top + rowsOf(state))];
  return {
    path: state.place.path,
    since: state.since && { ...state.since, growth: state.growth },
    own: { ...own, isIncomplete: !own.complete, isChanged: own.changed },
    rows: listing && shown.map((row) => rowAt(state, listing, row)),
    above: top,
    matching: order.length,
    all: listing?.count ?? 0,
    cursor: state.cursor - top,
    sorting: state.sorting,
    filter: state.filter,
    isTyping: mode.at === 'filter',
    reading: state.reading,
    trouble: state.trouble,
    progress: state.progress,
    isRecorded: state.isRecorded,
    rescanning: state.rescanning.length > 0,
    disk: survey?.filesystem,
    problems: survey?.problems ?? 0,
    marks: {
      count: marks.size,
      diskBytes: [...marks.values()].reduce((sum, { diskBytes }) => sum + diskBytes, 0),
    },
    message: state.message,
    why: whyOf(state),
    showsWhy: state.showsWhy,
    nowSeconds,
    overlay: overlayOf(state),
  };
}

function rowAt(state: BrowseState, listing: Listing, row: number): BrowseRow {
  const { name, path } = entryAt(state, listing, row);
  const flags = listing.flags[row];
  return {
    name,
    kind: kinds[listing.kind[row]],
    diskBytes: listing.diskBytes[row],
    apparentBytes: listing.apparentBytes[row],
    freeableBytes: listing.freeableBytes[row],
    entries: listing.entries[row],
    newest: listing.newest[row],
    growth: listing.growth?.[row],
    isIncomplete: (flags & ROW_FLAG.incomplete) !== 0,
    isChanged: (flags & ROW_FLAG.changed) !== 0,
    isMarked: state.marks.has(path),
    finding: state.survey && findingAt(state.survey.findings, path),
  };
}

function whyOf(state: BrowseState): WhyOfRow | undefined {
  const selected = selectedOf(state);
  if (!selected || !state.listing) return undefined;
  const { path, row, isDirectory } = selected;
  const { use } = useOfPath(isDirectory ? path : parentPath(path));
  const { details } = state;
  return {
    row: rowAt(state, state.listing, row),
    use,
    ...reasonsFor(state.survey?.findings ?? [], path),
    details: details?.path === path ? details : undefined,
  };
}

function overlayOf({ mode, survey }: BrowseState): Overlay | undefined {
  switch (mode.at) {
    case 'tree':
    case 'filter':
      return undefined;
    case 'help':
      return { what: 'help', top: mode.top };
    case 'why':
      return (
        survey && { what: 'why', cursor: mode.cursor, findings: survey.findings, freeable: survey.freeable }
      );
    case 'judging':
      return { what: 'judging', count: mode.paths.length };
    case 'asking': {
      const units = mode.judged.map(({ path, unit, refusal, isRegenerable }) => ({
        path,
        unit,
        refusal,
        isMoved: !isRegenerable && !mode.forGood,
      }));
      return { what: 'asking', units, top: mode.top };
    }
    case 'deleting':
      return { what: 'deleting', done: mode.done, of: mode.of };
    case 'told': {
      const { outcomes, freedBytes, undo } = mode.told;
      return { what: 'told', outcomes, freedBytes, undo, top: mode.top };
    }
  }
}
