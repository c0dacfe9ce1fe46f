/** Which columns and rows each question reads, and the check before it: engines read columns one by one, and few are fast. */
import type { FleetQuestion } from '../../model/fleet-answer.ts';
import { recordColumns } from '../record/record.ts';
import type { RecordColumn } from '../record/record.ts';
import type { Needed } from './engine.ts';

const CHECKED: readonly RecordColumn[] = ['kind', 'machine', 'recorded_seconds', 'disk_bytes'];

const OF_QUESTION: Readonly<
  Record<
    Exclude<FleetQuestion, 'sql'>,
    { readonly kinds: readonly string[]; readonly columns: readonly RecordColumn[] }
  >
> = {
  why: { kinds: ['finding'], columns: ['name', 'class', 'freeable_bytes'] },
  full: { kinds: ['filesystem'], columns: ['mount', 'available_bytes', 'total_bytes'] },
  loops: { kinds: ['log'], columns: ['class', 'program', 'step', 'bytes_per_second', 'since_seconds'] },
  grew: { kinds: ['directory'], columns: ['path'] },
  hosts: {
    kinds: ['filesystem', 'finding'],
    columns: ['version', 'freeable_bytes', 'available_bytes', 'problems'],
  },
};

/** Every question needs the row of the host, which says that there is a record. */
export function neededBy(question: FleetQuestion): Needed {
  if (question === 'sql')
    return { columns: new Set(Object.keys(recordColumns) as RecordColumn[]), kinds: undefined };
  const { kinds, columns } = OF_QUESTION[question];
  return { columns: new Set([...CHECKED, ...columns]), kinds: ['host', ...kinds] };
}
