import { readStandardPolicy } from '../../src/desk-file.ts';
import { replySense } from '../../src/domain/reply-sense.ts';

const words = readStandardPolicy().replies;

describe('a reply to a resolved ticket', () => {
  it.each([
    'Thanks!',
    'thank you!',
    'Thank you so much',
    '👍',
    '👍🏽',
    ':+1::skin-tone-3:',
    ':pray: :pray:',
    '❤️',
    'Works now, thanks a lot',
    'Perfect, all good 🎉',
    'It is no longer broken, thank you',
    'no problem, thanks',
    "It's solved, have a nice day",
  ])('%j is a thank-you', (text) => {
    expect(replySense(text, words)).toBe('thanks');
  });

  it.each([
    'thanks but it still fails',
    'not working',
    "Sorry, it doesn't work",
    'It doesn’t work',
    'Thank you, however the site is down again',
    'same error',
    'No, that is not fixed',
    'STILL DOWN!!!',
    'nothing works',
    '👎',
    'The problem is back',
  ])('%j says that it still fails', (text) => {
    expect(replySense(text, words)).toBe('still-broken');
  });

  it.each([
    '',
    '   ',
    'ok',
    'yes',
    'no',
    'Thanks! How do I add another domain?',
    'Thanks but the inbox is empty',
    'Thanks, please also cancel my VPS',
    'not yet',
    'I will check tomorrow',
    'Does it work for you?',
    'Solved?',
    'Thank you. My colleague will look at it tomorrow morning and then tell you more about the mails',
    '🤔',
    'thanksgiving',
  ])('%j is asked about', (text) => {
    expect(replySense(text, words)).toBe('other');
  });
});
