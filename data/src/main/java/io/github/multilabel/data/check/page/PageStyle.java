package io.github.multilabel.data.check.page;

/** How the page looks, on wide and narrow screens, light and dark. */
final class PageStyle {

    /** All before the title; the policy keeps browsers from fetching or running anything. */
    static final String START =
            """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <style>
            :root { color-scheme: light dark; --ink: #1f2328; --faint: #5d666f; --page: #f5f6f8; --card: #ffffff;
              --line: #dde1e6; --track: #eceff2; --error: #b3261e; --warning: #8a5a00; --info: #33618c;
              --part0: #2f6fb0; --part1: #e08a1e; --part2: #2a9474; --part3: #b5578f; --part4: #6b8e23; --part5: #7a6ac0; }
            @media (prefers-color-scheme: dark) {
              :root { --ink: #e3e6ea; --faint: #9aa4ae; --page: #14171a; --card: #1d2125; --line: #343a40;
                --track: #2a2f34; --error: #ff8f86; --warning: #f0b955; --info: #8dbce8;
                --part0: #5f9fdf; --part1: #f0a850; --part2: #4fbf9b; --part3: #dd86b9; --part4: #a3c45a; --part5: #a99bea; } }
            * { box-sizing: border-box; }
            body { margin: 0; background: var(--page); color: var(--ink);
              font: 15px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif; }
            main { max-width: 1180px; margin: 0 auto; padding: 24px 20px 48px; overflow-wrap: anywhere; }
            h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 4px; }
            h2 { font-size: 1.25rem; margin: 36px 0 10px; }
            h3 { font-size: 1rem; margin: 0 0 4px; }
            p { margin: 0 0 10px; color: var(--faint); }
            .cards { display: grid; gap: 16px; grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr)); }
            .narrow { grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); }
            section, main > .bars { background: var(--card); border: 1px solid var(--line); border-radius: 8px;
              padding: 14px 16px; }
            section + section:not(.cards section) { margin-top: 16px; }
            section > p:last-child { margin: 8px 0 0; }
            .summary { list-style: none; display: flex; flex-wrap: wrap; gap: 8px; margin: 14px 0 0; padding: 0; }
            .summary li { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 4px 9px;
              font-size: .875rem; }
            a { color: inherit; text-decoration: none; }
            a:hover { text-decoration: underline; }
            .severity { font-size: .75rem; font-weight: 600; border: 1px solid; border-radius: 4px; padding: 0 5px;
              vertical-align: 1px; }
            .error { color: var(--error); } .warning { color: var(--warning); } .info { color: var(--info); }
            .legend { display: flex; flex-wrap: wrap; gap: 4px 16px; }
            .legend i { display: inline-block; width: 11px; height: 11px; border-radius: 2px; }
            .part0 { background: var(--part0); } .part1 { background: var(--part1); } .part2 { background: var(--part2); }
            .part3 { background: var(--part3); } .part4 { background: var(--part4); } .part5 { background: var(--part5); }
            .bars { display: block; width: 100%; font-size: .875rem; font-variant-numeric: tabular-nums; }
            .bars thead, .bars tbody { display: block; }
            .bars tr { display: grid; gap: 0 10px; align-items: center; padding: 2px 0;
              grid-template-columns: minmax(0, 4fr) minmax(0, 5fr) repeat(var(--columns), 4.8em); }
            .narrow .bars tr { grid-template-columns: minmax(0, 6fr) minmax(0, 5fr) repeat(var(--columns), 4em); }
            .bars th, .bars td { padding: 0; text-align: right; font-weight: 400; }
            .bars th:first-child { text-align: left; }
            .bars thead th { font-size: .75rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
            .bars thead { color: var(--faint); border-bottom: 1px solid var(--line); margin-bottom: 3px; }
            .bar { display: flex; height: 11px; background: var(--track); border-radius: 2px; overflow: hidden; }
            .bar i { display: block; min-width: 1px; }
            .findings { display: flex; flex-wrap: wrap; gap: 14px; margin-top: 10px; }
            .findings > div { border: 1px solid var(--line); border-radius: 6px; padding: 10px; max-width: 100%; }
            .findings > .words { width: 100%; border: 0; border-top: 1px solid var(--line); border-radius: 0;
              padding: 5px 0 0; }
            .findings > .words:first-child { border-top: 0; }
            .findings > .words + .words { margin-top: -9px; }
            .findings > div > p { color: var(--ink); font-size: .85rem; margin: 0; width: 0; min-width: 100%; }
            .sheet { display: flex; flex-wrap: wrap; gap: 10px; align-items: flex-end; }
            .sheet > p { align-self: center; margin: 0; }
            figure { margin: 0 0 6px; width: 160px; }
            figure img { display: block; max-width: 100%; height: auto; border-radius: 3px; }
            figcaption { font-size: .75rem; line-height: 1.3; margin-top: 3px; color: var(--faint); }
            figcaption span { display: block; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
            figcaption span:last-child { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3;
              white-space: normal; }
            @media (max-width: 640px) {
              main { padding: 16px 12px 32px; }
              section, main > .bars { padding: 12px; }
              .bars tr, .narrow .bars tr { grid-template-columns: minmax(0, 1fr) repeat(var(--columns), 4em); gap: 2px 6px; padding: 3px 0; }
              .bars thead th { font-size: .7rem; }
              .bars td:nth-child(2) { grid-area: 2 / 1 / 3 / -1; }
              .bar { height: 7px; }
              figure { width: 142px; }
            }
            </style>
            """;

    private PageStyle() {}
}
