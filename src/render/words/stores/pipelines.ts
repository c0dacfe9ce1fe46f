/** What runs jobs in steps. */
import type { PipelineStore } from '../../../model/store-name.ts';
import type { StoreWords } from './store-words.ts';

export const pipelines: Readonly<Record<PipelineStore, StoreWords>> = {
  gocd: {
    name: 'GoCD artifacts',
    gives:
      'turn on "Auto delete old artifacts" with a size to keep free; stages can be told never to be cleaned',
    never: 'never delete db/ or cruise-output of pipelines that still run',
  },
  nextflow: {
    name: 'Nextflow work directory',
    gives:
      'see the runs; nextflow clean -n -before RUN shows what it would remove of older ones; without work/ nothing can be resumed',
    never: 'never delete work/ before results were copied: by default they are links into it',
  },
  yocto: {
    name: 'Yocto or OpenEmbedded build',
    gives:
      'inherit rm_work to keep less; while no bitbake runs tmp/ may go and is built again, from sstate-cache/ where that is kept',
    never: 'never delete downloads/ where the sources may be gone from the net',
  },
};
