/**
 * The page as the browser gets it: `html` at `/`, `script` at `/page.js`, `style` at `/page.css`. The server's rules let nothing
 * else in: no inline script or style. Belongs with the page: this least form only shows that something is there.
 */
export const buildPage = async (): Promise<{
  readonly html: string;
  readonly script: string;
  readonly style: string;
}> => ({
  html: '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Tierline</title><link rel="stylesheet" href="/page.css"></head><body><script type="module" src="/page.js"></script></body></html>',
  script: 'new WebSocket("ws://" + location.host + "/live").onmessage = ({ data }) => console.log(JSON.parse(data));',
  style: '',
});
