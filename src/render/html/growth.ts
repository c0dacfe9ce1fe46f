/** What has grown since a snapshot, on the page: places that add up to the difference. */
import type { Growth, GrowthPlace } from '../../model/growth.ts';
import { displayName } from '../terminal/escape.ts';
import { formatChange, formatCount, formatSize } from '../terminal/size.ts';
import { escapeHtml } from './markup.ts';

const SIZES = { exact: false };

const kinds: Readonly<Record<GrowthPlace['kind'], string>> = {
  changed: 'right in it',
  new: 'new, with all in it',
  gone: 'gone',
};

export function growthSection({ takenAt, complete, oldBytes, newBytes, places, rest }: Growth): string {
  const since =
    takenAt === undefined
      ? 'the snapshot'
      : `${new Date(takenAt * 1000).toISOString().replace('T', ' ').slice(0, 16)} UTC`;
  const change = `${formatChange(newBytes - oldBytes, SIZES)}: ${formatSize(oldBytes, SIZES)} then, ${formatSize(newBytes, SIZES)} now`;
  const about = complete ? '' : '; about, for not everything could be read both times';
  const rows = places.map(
    ({ path, kind, deltaBytes }) =>
      `<tr><td class="number">${formatChange(deltaBytes, SIZES)}</td><td>${kinds[kind]}</td><td><code>${escapeHtml(displayName(path))}</code></td></tr>`,
  );
  const others =
    rest.count === 0
      ? ''
      : `<tr><td class="number">${formatChange(rest.deltaBytes, SIZES)}</td><td colspan="2">in ${formatCount(rest.count)} other places</td></tr>`;
  const table =
    places.length === 0
      ? ''
      : `<table id="growth"><thead><tr><th scope="col" class="number">change</th><th scope="col">what</th><th scope="col">directory</th></tr></thead>
<tbody>${rows.join('\n')}${others}</tbody></table>
`;
  return `<section><h2>Since ${escapeHtml(since)}</h2>
<p>${escapeHtml(change + about)}</p>
${table}</section>
`;
}
