import { html } from "hono/html";

type Markup = ReturnType<typeof html>;

/** A plain page in the sandbox's look, light and dark. Values put into `html` are escaped. */
export function renderPage(title: string, body: Markup): Markup {
  return html`
    <!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>${title}</title>
        <style>
        :root {
          --ground: light-dark(#f4f5f7, #101216); --card: light-dark(#ffffff, #191c22);
          --ink: light-dark(#1b1f27, #eceef2); --soft: light-dark(#5d6675, #9aa3b2);
          --line: light-dark(#e1e4ea, #2b303a); --accent: light-dark(#2456d6, #8fb0ff); --on-accent: light-dark(#fff, #0c1020);
        }
        * { box-sizing: border-box; }
        body { margin: 0; min-height: 100vh; background: var(--ground); color: var(--ink);
          font: 15px/1.55 system-ui, -apple-system, "Segoe UI", sans-serif; }
        main { max-width: 60rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
        main.narrow { max-width: 27rem; padding-top: 10vh; }
        h1 { font-size: 1.45rem; line-height: 1.25; margin: 0 0 .35rem; text-wrap: balance; }
        h2 { font-size: 1.05rem; margin: 2rem 0 .6rem; }
        p { margin: .35rem 0 1rem; } .soft { color: var(--soft); } small { color: var(--soft); }
        .card { background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: 1.5rem; }
    .card:has(table) { padding: .5rem 1.25rem; overflow-x: auto; }
        a { color: var(--accent); text-underline-offset: 2px; }
        table { width: 100%; border-collapse: collapse; } td, th { text-align: left; padding: .55rem .6rem .55rem 0;
          border-bottom: 1px solid var(--line); vertical-align: top; } th { color: var(--soft); font-weight: 500; }
        tr:last-child td { border-bottom: 0; } td.number, th.number { text-align: right; padding-right: 0; font-variant-numeric: tabular-nums; }
        code { font: 13px/1.5 ui-monospace, "SF Mono", Menlo, monospace; overflow-wrap: anywhere; }
        label { display: block; font-weight: 550; margin: 1rem 0 .3rem; }
        input[type=text] { width: 100%; font: inherit; color: inherit; background: var(--ground); padding: .6rem .75rem;
          border: 1px solid var(--line); border-radius: 9px; }
        button { font: inherit; font-weight: 550; padding: .6rem 1.1rem; border-radius: 9px; cursor: pointer;
          border: 1px solid var(--line); background: transparent; color: inherit; }
        button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
        :is(a, button, input):focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
        .row { display: flex; gap: .6rem; flex-wrap: wrap; align-items: center; } .end { justify-content: flex-end; margin-top: 1.5rem; }
        .choice { display: inline-flex; gap: .45rem; align-items: center; font-weight: 400; margin: 0 1rem 0 0; }
        .tag { display: inline-block; padding: .05rem .5rem; border: 1px solid var(--line); border-radius: 99px;
          font-size: .8rem; color: var(--soft); }
        ul.plain { list-style: none; margin: .5rem 0; padding: 0; } ul.plain li { padding: .25rem 0; } ul.scopes li::before { content: "\\2713"; color: var(--accent); margin-right: .6rem; }
        video, iframe { display: block; width: 100%; border: 1px solid var(--line); border-radius: 12px; background: #000; }
        iframe { background: #fff; height: 24rem; }
        </style>
      </head>
      <body>${body}</body>
    </html>
  `;
}
