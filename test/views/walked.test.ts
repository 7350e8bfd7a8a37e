import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { foldedMessage } from '../../src/views/folded-message.ts';
import { fullStory, neglected, plainStory, slowStory } from '../support/a-story.ts';
import { subjectAfter } from '../support/a-subject.ts';
import { everyAnswer, everyForm } from '../support/every-view.ts';
import { functionsCalled } from '../support/functions-called.ts';
import { whatIsSaid } from '../support/what-is-said.ts';

const folder = fileURLToPath(new URL('../../src/views/', import.meta.url));
const files = readdirSync(folder);

/** Takes in what people typed or pressed; shows nothing. */
const reads =
  /^(read|parse)[A-Z]|^(textIn|choiceIn|personIn|momentIn|jsonIn|formRead|needed|wasWarned|messageKeyIn|pageIn|plainWords|showsSame)$/;
/** Makes the forms of reason-forms.ts as that is loaded, before anything is counted; they are walked one by one. */
const madeOnLoading = new Set(['oneTextForm']);
/** Files that only take in or compare, or hold those forms. */
const silent = new Set(['form-values.ts', 'plain-words.ts', 'shown-words.ts', 'reason-forms.ts']);

const exportedFunctions = (file: string): readonly string[] =>
  [...readFileSync(`${folder}${file}`, 'utf8').matchAll(/^export const (\w+) = (?:<[^(]*>)?\(/gm)].map(
    ([, name = '']) => name,
  );

/** What slack-limits.test.ts holds against Slack's limits, walked once with plain words. */
const walk = (): void => {
  const story = fullStory(plainStory);
  const stories = [story, ...[2, 6, 20, 60, 200].map(neglected), slowStory(plainStory)];
  const said = stories.flatMap((each) => whatIsSaid(each));
  foldedMessage(said.map(({ notice, subject }) => ({ notice, subject, link: 'https://host.example.test/1' })));
  everyAnswer(subjectAfter(story));
  everyForm(subjectAfter(story));
};

describe('the walk through every view', () => {
  it('passes through every file and every function that shows something', async () => {
    const ran = await functionsCalled('/src/views/', walk);
    const hasRun = (file: string, name: string) =>
      ran.some((each) => each.hasRun && each.file === file && each.name === name);
    const shown = files.flatMap((file) =>
      exportedFunctions(file)
        .filter((name) => !reads.test(name) && !madeOnLoading.has(name))
        .map((name) => ({ file, name })),
    );
    expect(shown.filter(({ file, name }) => !hasRun(file, name))).toEqual([]);
    const walked = new Set(ran.flatMap(({ file, hasRun }) => (hasRun ? [file] : [])));
    expect(files.filter((file) => !walked.has(file) && !silent.has(file))).toEqual([]);
  });
});
