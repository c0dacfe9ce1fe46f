/** Package caches: what was downloaded where, and what clears it. */
import { ageText } from '../../../model/age.ts';
import { sizeText } from '../../../model/size.ts';
import { quoted } from '../phrases.ts';
import { placeAdvice } from '../place-advice.ts';
import type { FindingWords } from './finding-words.ts';

const titles: Readonly<Record<string, string>> = {
  'apt-archives': 'apt package archives',
  'apt-lists': 'apt package lists',
  dnf: 'dnf package cache',
  zypper: 'zypper package cache',
  pacman: 'pacman package cache',
  'aur-builds': 'AUR builds',
  apk: 'apk package cache',
  portage: 'portage source archives',
  packagekit: 'PackageKit downloads',
  snap: 'snap download cache',
};

export const packageCacheWords: FindingWords<'package-cache'> = {
  title: ({ cache }) => titles[cache],
  evidence: ({ places, changedAt }, nowSeconds) => [
    ...places.map(({ what, diskBytes, path }) => `${what}: ${sizeText(diskBytes)} in ${quoted(path)}`),
    `the latest change was ${ageText(nowSeconds - changedAt)} ago`,
  ],
  advice: ({ advice }) =>
    [placeAdvice(advice), ...(advice.trap === undefined ? [] : [advice.trap])].join('; '),
};
