/** Many small files that together are a cause. */
import { ageText } from '../../../model/age.ts';
import { sizeText } from '../../../model/size.ts';
import { countOf, quoted } from '../phrases.ts';
import { ofProgram, programPlaceAdvice, programPlaceText } from '../program-places.ts';
import type { FindingWords } from './finding-words.ts';

export const manyFilesWords: FindingWords<'many-files'> = {
  title: ({ place }) => `many small files${ofProgram(place)}`,
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
  advice: ({ place }) =>
    place === undefined
      ? 'find out which program makes them: it has, or needs, a setting for how many and how long it keeps; look before anything goes'
      : programPlaceAdvice(place),
};
