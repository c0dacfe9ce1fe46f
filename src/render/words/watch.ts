/** The words of `diskwhy watch` that the table, the lines and the summary share: verdicts, rates, when it is full. */
import type { ByteString } from '../../model/byte-string.ts';
import type { FilesystemOutlook, GrowthState, GrowthTogether, Writer } from '../../model/watch-event.ts';
import { rangeText } from '../../model/duration.ts';
import { displayName, escapeText } from '../terminal/escape.ts';
import type { SizeStyle } from '../terminal/size.ts';
import { formatCount, formatSize } from '../terminal/size.ts';
import { freedText } from './actions.ts';
import { verdictName } from './log.ts';

/** "restart loop 97 %"; "–" where nothing speaks either way. */
export function verdictText({ judgement: { verdict, confidence } }: GrowthState): string {
  return verdict === 'unknown' ? '–' : `${verdictName(verdict)} ${Math.round(confidence * 100)} %`;
}

/** "RES 3.1 GiB  SHR 20.0 MiB  VIRT 9.0 GiB"; "" for a process that is gone or hidden. */
export function memoryText(writer: Writer | undefined, sizes: SizeStyle): string {
  if (writer === undefined || writer.virtualBytes === 0 || writer.respawns > 0) return '';
  const { residentBytes, sharedBytes, virtualBytes } = writer;
  return `RES ${formatSize(residentBytes, sizes)}  SHR ${formatSize(sharedBytes, sizes)}  VIRT ${formatSize(virtualBytes, sizes)}`;
}

/** "2.3 MiB/s" */
export function rateText(bytesPerSecond: number, sizes: SizeStyle): string {
  return `${formatSize(Math.max(0, Math.round(bytesPerSecond)), sizes)}/s`;
}

/** "full in 38–45 min at 2.4 MiB/s" and what is said of inodes; "not filling". */
export function fullPhrases(outlook: FilesystemOutlook, sizes: SizeStyle): string[] {
  const { fullInSeconds, inodesFullInSeconds, fillingBytesPerSecond } = outlook;
  const phrases: string[] = outlook.state.level === 'ok' ? [] : [stateText(outlook, sizes)];
  if (outlook.state.level === 'full') return phrases;
  if (fullInSeconds !== undefined)
    phrases.push(
      fullInSeconds.soonest <= 0
        ? 'full'
        : `full in ${rangeText(fullInSeconds.soonest, fullInSeconds.latest)} at ${rateText(fillingBytesPerSecond, sizes)}`,
    );
  if (inodesFullInSeconds !== undefined)
    phrases.push(`no inodes left in ${rangeText(inodesFullInSeconds, inodesFullInSeconds)}`);
  return phrases.length > 0 ? phrases : ['not filling'];
}

/** "full: 0 B free, and 2.1 GiB for root only"; "nearly full: 812 inodes free". */
export function stateText({ state, availableBytes }: FilesystemOutlook, sizes: SizeStyle): string {
  const { level, of, reservedBytes, freeInodes } = state;
  const free =
    of === 'inodes' ? counted(freeInodes ?? 0, 'inode', 'inodes') : formatSize(availableBytes, sizes);
  const reserve =
    of === 'bytes' && reservedBytes > availableBytes
      ? `, and ${formatSize(reservedBytes, sizes)} for root only`
      : '';
  return `${level.replace('-', ' ')}: ${free} free${reserve}`;
}

/** What to type, in order: "systemctl stop worker.service", "truncate -s 0 /var/log/worker.log (gives 81.4 GiB back)". */
export function remedyTexts({ remedies }: GrowthState): string[] {
  return remedies.flatMap(({ line, action }) => {
    const freed = freedText(action);
    return line === undefined ? [] : [freed === '' ? line : `${line}   (${freed})`];
  });
}

/** A path as seen from one of the watched ones, shorter where it lies below. */
export function shortName(path: ByteString, roots: readonly ByteString[]): string {
  const root = roots.find((one) => one !== '/' && path.startsWith(`${one}/`));
  return displayName((root === undefined ? path : path.slice(root.length + 1)) as ByteString);
}

/** "/srv/spool/ (m*, 4,100 files in 300 directories, 20.0 KiB each)": a tree's name with what grows in it; others alone. */
export function placeText({ path, what, together }: GrowthState, sizes: SizeStyle): string {
  const name = displayName(path);
  if (what === 'file') return name;
  const place = name.endsWith('/') ? name : `${name}/`;
  return together === undefined ? place : `${place} (${togetherText(together, sizes)})`;
}

/** "m*, 4,100 files in 300 directories, 20.0 KiB each" */
export function togetherText(
  { files, directories, form, typicalBytes }: GrowthTogether,
  sizes: SizeStyle,
): string {
  const parts = [
    ...(form === undefined ? [] : [escapeText(form)]),
    `${counted(files, 'file', 'files')} in ${counted(directories, 'directory', 'directories')}`,
    ...(typicalBytes > 0 ? [`${formatSize(typicalBytes, sizes)} each`] : []),
  ];
  return parts.join(', ');
}

/** "1 file", "1,200 files" */
export function counted(count: number, one: string, many: string): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
