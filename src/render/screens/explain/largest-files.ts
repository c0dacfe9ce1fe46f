/** The list of the largest files. */
import type { RankedFile } from '../../../model/scan-result.ts';
import { displayName } from '../../terminal/escape.ts';
import { sizeOf } from '../../terminal/screen.ts';
import type { Screen } from '../../terminal/screen.ts';
import { formatAge, formatSize } from '../../terminal/size.ts';
import { cutMiddle } from '../../terminal/text-width.ts';

/** A sparse or preallocated file: its two sizes differ by more than this factor. */
const ODD = 2;

export function largestLines(files: readonly RankedFile[], nowSeconds: number, screen: Screen): string[] {
  const rows = files.slice(0, screen.top).map((file) => ({
    size: formatSize(sizeOf(screen, file), screen.sizes),
    age: formatAge(nowSeconds - file.modifiedAt),
    name: displayName(file.path),
    note: noteOn(file, screen),
  }));
  if (rows.length === 0) return [];
  const sizes = Math.max(...rows.map(({ size }) => size.length));
  const ages = Math.max(...rows.map(({ age }) => age.length));
  return [
    screen.style.bold('LARGEST FILES'),
    ...rows.map(({ size, age, name, note }) => {
      const room = screen.width - sizes - ages - 4 - note.length;
      return `${size.padStart(sizes)}  ${age.padStart(ages)}  ${cutMiddle(name, room)}${screen.style.dim(note)}`;
    }),
  ];
}

function noteOn(file: RankedFile, screen: Screen): string {
  const notes: string[] = [];
  const other = screen.apparent ? file.diskBytes : file.apparentBytes;
  const size = formatSize(other, screen.sizes);
  if (file.apparentBytes > file.diskBytes * ODD)
    notes.push(screen.apparent ? `sparse: ${size} on disk` : `sparse: looks ${size}`);
  else if (file.diskBytes > file.apparentBytes * ODD)
    notes.push(screen.apparent ? `${size} on disk` : `holds ${size}`);
  if (file.links > 1) notes.push(`${file.links} links`);
  return notes.length > 0 ? `  (${notes.join(', ')})` : '';
}
