/** Many small files that together are a cause. */
import { ageText } from '../../../model/age.ts';
import type { FindingOf } from '../../../model/finding.ts';
import { sizeText } from '../../../model/size.ts';
import { countOf, quoted } from '../phrases.ts';
import { programPlaceAdvice, programPlaceText, titleOf } from '../program-places.ts';
import type { FindingWords } from './finding-words.ts';

export const manyFilesWords: FindingWords<'many-files'> = {
  title: ({ place, forms }) => {
    const known = knownForm(forms);
    return titleOf(`many ${known?.what ?? 'small files'}`, known === undefined ? place : undefined);
  },
  evidence: (
    { files, directories, typicalBytes, directory, forms, owner, changedAt, dayBytes, place },
    nowSeconds,
  ) => [
    `${countOf(files, 'file')} of about ${sizeText(typicalBytes)}${directories > 1 ? ` in ${countOf(directories, 'directory', 'directories')}` : ''} below ${quoted(directory)}${owner === undefined ? '' : `, most of ${quoted(owner)}`}; the latest change ${ageText(Math.max(0, nowSeconds - changedAt))} ago`,
    ...(forms.length === 0
      ? []
      : [
          `called ${forms.map(({ form, share }) => `${quoted(form)} (${Math.round(share * 100)} %)`).join(', ')}`,
        ]),
    ...(place === undefined ? [] : [programPlaceText(place)]),
    ...(dayBytes > 0 ? [`${sizeText(dayBytes)} of it were written within the last day`] : []),
  ],
  advice: ({ place, forms }) =>
    knownForm(forms)?.advice ??
    (place === undefined
      ? 'find out which program makes them: it has, or needs, a setting for how many and how long it keeps; look before anything goes'
      : programPlaceAdvice(place)),
};

/** Names that one program alone gives to its files, wherever they lie. */
const KNOWN_FORMS: readonly (readonly [form: RegExp, what: string, advice: string])[] = [
  [
    /^sess_/u,
    'PHP sessions',
    'old ones are for PHP to delete: session.gc_probability, or a cron job where the distribution turns that off; that job knows only the default place, so add this one to it',
  ],
];

function knownForm(
  forms: FindingOf<'many-files'>['forms'],
): { readonly what: string; readonly advice: string } | undefined {
  const most = forms.at(0);
  const known = most && most.share > 1 / 2 ? KNOWN_FORMS.find(([form]) => form.test(most.form)) : undefined;
  return known && { what: known[1], advice: known[2] };
}
