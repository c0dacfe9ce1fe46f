/** What ends the growth of a file before the disk is full, in a sentence. */
import { durationText } from '../../model/duration.ts';
import type { GrowthCap } from '../../model/growth-cap.ts';
import { sizeText } from '../../model/size.ts';
import { counted } from './watch.ts';

export function capText(cap: GrowthCap): string {
  switch (cap.by) {
    case 'journald': {
      const what =
        cap.limit === 'keeps' ? `keeps at most ${sizeText(cap.bytes)}` : `leaves ${sizeText(cap.bytes)} free`;
      return `journald ${what} (${cap.setting}${cap.isDefault ? ', by default' : ''})`;
    }
    case 'docker':
      return `Docker keeps ${filesText(cap.files)} of ${sizeText(cap.fileBytes)} for this container (max-size, max-file)`;
    case 'kubelet':
      return `the kubelet keeps ${filesText(cap.files)} of ${sizeText(cap.fileBytes)} per container (containerLogMaxSize, containerLogMaxFiles)`;
    case 'logrotate':
      return rotationText(cap);
  }
}

function rotationText({
  schedule,
  fromBytes,
  copies,
  next,
}: Extract<GrowthCap, { by: 'logrotate' }>): string {
  if (next === undefined) return 'logrotate has a rule for it, but nothing here starts logrotate';
  const size = fromBytes === undefined ? [] : [`once it is larger than ${sizeText(fromBytes)}`];
  const when = [...(schedule === undefined ? [] : [schedule]), ...size].join(' or ');
  return `logrotate rotates it ${when}, next in ${durationText(next.inSeconds)} (${next.startedBy}), and keeps ${counted(copies, 'copy', 'copies')}`;
}

function filesText(files: number): string {
  return files === 1 ? 'one file' : `${files} files`;
}
