/** The whole story, chapter by chapter; what keeps a chapter from its end is noted, and the next one is played. */
import { playBroken, playCritical, playFriday, playSilent } from './demo-beside.ts';
import type { Evidence } from './demo-case.ts';
import { workingTime } from './demo-hours.ts';
import { playLadder } from './demo-ladder.ts';
import { playForeign, playNobody, playPhone } from './demo-outside.ts';
import type { Paper } from './demo-paper.ts';
import { playOf } from './demo-play.ts';
import type { Calendar } from './demo-policy.ts';
import type { Tale } from './demo-tale.ts';
import { messageOf } from './demo-verdict.ts';

/** A Monday in January, 09:00 in UTC: the story begins in the working time that comes next. */
const monday = Date.UTC(2027, 0, 11, 8);

/** When the story begins, epoch ms. */
export const beginningOf = (calendar: Calendar): number => workingTime(monday, calendar);

/** Plays everything. Never throws: a chapter that fails is an accident of the evidence. */
export const playStory = async (tale: Tale, calendar: Calendar, paper: Paper): Promise<Evidence> => {
  const play = playOf(tale);
  const { slack, cast } = tale.stage;
  const [, lou, mia, ned, olga, pia] = cast.customers;
  if (!lou || !mia || !ned || !olga || !pia) throw new Error('Cannot play the story: there are too few customers');
  const accidents: string[] = [];
  let emptied: Evidence['emptied'] = null;

  const chapters: readonly (() => Promise<void>)[] = [
    () => playLadder(play),
    () => playCritical(play, lou),
    () => playBroken(play, mia, calendar),
    () => playSilent(play, ned, calendar),
    () => playFriday(play, olga, calendar),
    async () => {
      emptied = await playNobody(play, pia, calendar);
    },
    () => playForeign(play, calendar),
    () => playPhone(play, calendar),
  ];
  for (const chapter of chapters) {
    try {
      await chapter();
    } catch (error) {
      accidents.push(messageOf(error));
      paper.line();
      paper.wrapped(`The story cannot go on here: ${messageOf(error)}`, '! ', '  ', 'red');
    }
  }
  return { slack, cast, calendar, cases: play.cases, emptied, accidents };
};
