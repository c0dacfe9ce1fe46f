/** Thresholds as they are written for --fail-if and --warn-if: `used>85%`, `full<6h`, `growth>1GiB/h`. */
import { exactAgeText } from '../../model/age.ts';
import { exactSizeText, parseRate, parseSize, sizeText } from '../../model/size.ts';
import { durationText } from '../../model/duration.ts';
import { parseAge } from '../../model/written-age.ts';

/** What is measured: of each filesystem, and with `finding` of each finding. */
export type Subject = 'used' | 'inodes' | 'full' | 'growth' | 'unexplained' | 'finding';

export interface Condition {
  /** As it was written. */
  readonly text: string;
  readonly subject: Subject;
  /** Holds above the limit; below it otherwise. The limit itself is neither. */
  readonly isAbove: boolean;
  /** Percent, bytes, bytes per second, or seconds. */
  readonly limit: number;
}

interface SubjectRow {
  readonly isAbove: boolean;
  readonly read: (limit: string) => number | undefined;
  /** A value of it in a sentence. */
  readonly inWords: (value: number) => string;
  readonly example: string;
  /** As monitoring-plugins.org has it: the unit of performance data. */
  readonly unit: '%' | 'B' | 's';
}

const percent = (text: string): number | undefined => {
  const number = /^(\d+(?:\.\d+)?)\s*%$/u.exec(text)?.[1];
  return number === undefined || Number(number) > 100 ? undefined : Number(number);
};
const percentText = (value: number): string => `${value.toFixed(1)} %`;
const HOUR = 3600;

export const subjects: Readonly<Record<Subject, SubjectRow>> = {
  used: { isAbove: true, read: percent, inWords: percentText, example: 'used>85%', unit: '%' },
  inodes: { isAbove: true, read: percent, inWords: percentText, example: 'inodes>90%', unit: '%' },
  full: {
    isAbove: false,
    read: (text) => milliseconds(parseAge(text)),
    inWords: durationText,
    example: 'full<6h',
    unit: 's',
  },
  growth: {
    isAbove: true,
    read: parseRate,
    inWords: (rate) => `${sizeText(Math.round(rate * HOUR))}/h`,
    example: 'growth>1GiB/h',
    unit: 'B',
  },
  unexplained: { isAbove: true, read: percent, inWords: percentText, example: 'unexplained>5%', unit: '%' },
  finding: { isAbove: true, read: parseSize, inWords: sizeText, example: 'finding>10GiB', unit: 'B' },
};

function milliseconds(ageMs: number | undefined): number | undefined {
  return ageMs === undefined ? undefined : ageMs / 1000;
}

/** The condition, or what is wrong with it. */
export function parseCondition(text: string): Condition | string {
  const [, name = '', sign = '', typed = ''] = /^\s*([a-z]*)\s*([<>]?)\s*(.*?)\s*$/isu.exec(text) ?? [];
  if (!isSubject(name))
    return `there are ${Object.values(subjects)
      .map(({ example }) => `'${example}'`)
      .join(', ')}`;
  const { isAbove, read, example } = subjects[name];
  const wanted = isAbove ? '>' : '<';
  if (sign === '') return `write it in quotes, as in '${example}': the shell takes ${wanted} for itself`;
  const limit = sign === wanted ? read(typed) : undefined;
  return limit === undefined
    ? `write it as in '${example}'`
    : { text: text.trim(), subject: name, isAbove, limit };
}

function isSubject(name: string): name is Subject {
  return Object.hasOwn(subjects, name);
}

/** "85 %", "6 hours", "1 GiB/h": the limit as it was asked for. */
export function limitText({ subject, limit }: Condition): string {
  if (subject === 'full') return exactAgeText(limit * 1000);
  if (subject === 'finding') return exactSizeText(limit);
  return subject === 'growth' ? subjects.growth.inWords(limit) : `${limit} %`;
}
