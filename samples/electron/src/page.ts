/** The page: takes a batch, shows each job as it renders, and plays its film. */
import type {} from './api.js';

const jobs = element('jobs', HTMLUListElement);
const message = element('message', HTMLParagraphElement);
const cancel = element('cancel', HTMLButtonElement);
const file = element('file', HTMLInputElement);
let batchId: string | null = null;

file.addEventListener('change', async () => {
  const [chosen] = file.files ?? [];
  if (chosen === undefined) return;
  try {
    await render(JSON.parse(await chosen.text()));
  } catch (error) {
    message.textContent = `${chosen.name} is not a batch: ${error instanceof Error ? error.message : String(error)}`;
  }
  file.value = '';
});

cancel.addEventListener('click', async () => {
  if (batchId === null) return;
  const answer = await window.renders.cancel(batchId);
  message.textContent = answer.ok ? `${answer.value.cancelledCount} cancelled` : answer.message;
});

window.renders.on('job:started', ({ jobId }) => row(jobId).note('starting'));
window.renders.on('job:progress', ({ jobId, progress, frame, totalFrames }) => {
  row(jobId).progress(progress);
  if (frame !== null) row(jobId).note(`frame ${frame}${totalFrames === null ? '' : ` of ${totalFrames}`}`);
});
window.renders.on('job:finished', ({ jobId, outputPath, film }) => row(jobId).finish(outputPath, film));
window.renders.on('job:error', ({ jobId, code, error }) => row(jobId).end(`${error} (${code})`));
window.renders.on('job:cancelled', ({ jobId }) => row(jobId).end('cancelled'));

async function render(body: Parameters<typeof window.renders.create>[0]): Promise<void> {
  const answer = await window.renders.create(body);
  if (!answer.ok) {
    message.textContent = answer.message;
    return;
  }
  const { successCount, totalJobs, errors = [] } = answer.value;
  ({ batchId } = answer.value);
  cancel.disabled = false;
  message.textContent = [
    `${successCount} of ${totalJobs} jobs accepted.`,
    ...errors.map(({ index, error }) => `Job ${index}: ${error}`),
  ].join(' ');
  for (const { id, index } of answer.value.jobs) row(id).name(`Job ${index}`);
}

/** The line of a job, made when it is first heard of: nested jobs are not in the answer's list. */
function row(jobId: string) {
  let item = document.getElementById(jobId);
  if (item === null) {
    item = document.createElement('li');
    item.id = jobId;
    item.append(document.createElement('b'), document.createElement('progress'), document.createElement('span'));
    const [name] = item.children;
    if (name !== undefined) name.textContent = 'Nested job';
    jobs.append(item);
  }
  const line = item;
  const [name, bar, note] = line.children as unknown as [HTMLElement, HTMLProgressElement, HTMLElement];
  const end = (text: string) => {
    bar.remove();
    note.textContent = text;
  };
  return {
    name: (text: string) => {
      name.textContent = text;
    },
    note: (text: string) => {
      note.textContent = text;
    },
    progress: (percent: number | null) => {
      if (percent === null) bar.removeAttribute('value');
      else bar.value = percent / 100;
    },
    end,
    finish: (path: string, film: string) => {
      end(path);
      // Chromium plays no ProRes, and a sequence of pictures is an archive: of those the path is shown.
      if (/\.(png|jpe?g)$/.test(path))
        line.append(Object.assign(document.createElement('img'), { src: film, alt: '' }));
      if (path.endsWith('.mp4'))
        line.append(Object.assign(document.createElement('video'), { src: film, controls: true }));
    },
  };
}

function element<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id);
  if (found instanceof kind) return found;
  throw new Error(`The page has no ${kind.name} with the id ${id}.`);
}
