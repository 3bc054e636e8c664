/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the page's style sheet. Whoever changes a byte of it changes HTML_STYLE_HASH too. Every pair
 * of text and ground has a contrast of at least 4.5 (WCAG 2.2, 1.4.3), every sign one of 3
 * (1.4.11); the signs' paints are the tray's.
 */
#include "show/html_private.h"

/* clang-format off */
#define PAINTS_LIGHT \
	"--bg:#fff;--card:#f6f7f9;--line:#cfd5dc;--ink:#1b1f24;--soft:#525b66;--link:#0b5cb8;" \
	"--ok:#1a7f37;--ok-rim:#0f5a25;--ok-on:#fff;--plan:#0b62c4;--plan-rim:#084a94;--plan-on:#fff;" \
	"--act:#f5b800;--act-rim:#7a5700;--act-on:#1f1400;--stop:#c5221f;--stop-rim:#8c1512;--stop-on:#fff;" \
	"--unknown:#6b4fa0;--unknown-rim:#4c3776;--unknown-on:#fff;" \
	"--excepted:#fff;--excepted-rim:#3f5a73;--excepted-on:#3f5a73;color-scheme:light;"
#define PAINTS_DARK \
	"--bg:#15191e;--card:#1e242b;--line:#3d4650;--ink:#e9ecef;--soft:#aab4be;--link:#6cb6ff;" \
	"--ok:#57d27c;--ok-rim:#57d27c;--ok-on:#05200d;--plan:#6cb6ff;--plan-rim:#6cb6ff;--plan-on:#041c38;" \
	"--act:#ffd24a;--act-rim:#ffd24a;--act-on:#2b1d00;--stop:#ff6b61;--stop-rim:#ff6b61;--stop-on:#2d0300;" \
	"--unknown:#c3a6ff;--unknown-rim:#c3a6ff;--unknown-on:#1d0b3a;" \
	"--excepted:#15191e;--excepted-rim:#a9c1d6;--excepted-on:#a9c1d6;color-scheme:dark;"
#define LEVEL(name) \
	"." name "{--fill:var(--" name ");--rim:var(--" name "-rim);--on:var(--" name "-on)}\n"

const char html_style[] =
	"\n:root{" PAINTS_LIGHT "}\n"
	"@media screen and (prefers-color-scheme:dark){:root{" PAINTS_DARK "}}\n"
	LEVEL("ok") LEVEL("excepted") LEVEL("plan") LEVEL("unknown") LEVEL("act") LEVEL("stop")
	"*{box-sizing:border-box}\n"
	"body{margin:0 auto;padding:1.5rem 1rem 3rem;max-width:64rem;background:var(--bg);color:var(--ink);"
	"font:1rem/1.5 system-ui,-apple-system,\"Segoe UI\",Roboto,\"Noto Sans\",\"DejaVu Sans\",sans-serif;"
	"overflow-wrap:anywhere}\n"
	"h1,h2,h3,p,ul,dl,dd{margin:0}\n"
	"h1{font-size:1.9rem;line-height:1.2}\n"
	"h2{font-size:1.2rem;margin:2.2rem 0 .7rem}\n"
	"h3{font-size:1.05rem;line-height:1.4}\n"
	"header{display:flex;gap:1.1rem;align-items:flex-start}\n"
	"header>div{min-width:0;flex:1}\n"
	".under{font-size:1.1rem}\n"
	".place{margin-top:.4rem;font-weight:600}\n"
	".soft,footer{color:var(--soft);font-weight:400}\n"
	".soft{font-size:.92rem}\n"
	".note{margin-top:.5rem;font-weight:600}\n"
	".sign{width:1.25rem;height:1.25rem;flex:none;vertical-align:-.22rem;margin-right:.45rem;overflow:visible}\n"
	"svg .sign{margin:0}\n"
	".big{width:4rem;height:4rem;margin:0}\n"
	".f{fill:var(--fill);stroke:var(--rim);stroke-width:3;stroke-linejoin:round}\n"
	".l{fill:none;stroke:var(--on);stroke-width:7;stroke-linecap:round;stroke-linejoin:round}\n"
	".hollow .f,.excepted .f{fill:var(--bg);stroke-width:6}\n"
	".hollow .l{stroke:var(--rim)}\n"
	".thing{border:1px solid var(--line);border-radius:.5rem;background:var(--card);"
	"padding:.8rem 1rem;margin:0 0 .7rem;break-inside:avoid}\n"
	"#plan{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,26rem),1fr));gap:0 .7rem}"
	"#plan h2{grid-column:1/-1}\n"
	".word{font-weight:400;color:var(--soft)}\n"
	".word::after{content:\" ·\"}\n"
	".parts,.facts{display:grid;grid-template-columns:5rem 1fr;gap:.15rem .8rem;margin-top:.5rem}\n"
	".facts{grid-template-columns:minmax(5rem,12rem) 1fr;font-size:.92rem}\n"
	"dt{color:var(--soft)}\n"
	".do{font-weight:600}\n"
	".list{padding:0;list-style:none}\n"
	".list li{padding:.15rem 0 .15rem 1.7rem;text-indent:-1.7rem}\n"
	".list li:not(:has(.sign)){padding-left:1.7rem;text-indent:0}\n"
	"#fine h3{margin:.9rem 0 .1rem}\n"
	"code{font:.92em ui-monospace,\"DejaVu Sans Mono\",monospace}\n"
	"summary{cursor:pointer;color:var(--link);width:fit-content}\n"
	".thing .fold{margin-top:.5rem;font-size:.92rem}\n"
	".fold:not([open])+.folded{display:none}\n"
	".calendar{max-width:40rem}.calendar,figure svg{display:block;width:100%;height:auto;"
	"font:11px system-ui,\"Noto Sans\",\"DejaVu Sans\",sans-serif}svg text{fill:var(--ink)}"
	"svg text.soft{fill:var(--soft);font-size:inherit}"
	".calendar+p{margin:.4rem 0 .6rem}.list .soft{white-space:nowrap}"
	"figure text{paint-order:stroke;stroke:var(--bg);stroke-width:3px;stroke-linejoin:round}\n"
	"@media(max-width:30rem){figure svg{font-size:17px}.calendar{font-size:12px}}\n"
	"@media screen and (min-width:60rem){#calendar,#drift{display:grid;gap:0 1.5rem;grid-template-columns:1fr 1fr}"
	"#calendar{grid-template-rows:auto auto 1fr}#calendar h2,#drift h2,#drift>p{grid-column:1/-1}"
	"#calendar>p{grid-column:1}#calendar .list{grid-column:2;grid-row:2/span 2}#drift svg{font-size:14px}}\n"
	".day{fill:var(--card);stroke:var(--line)}.today{stroke:var(--ink);stroke-width:2.5}.corner{fill:var(--rim)}\n"
	"figure{margin:.3rem 0 1rem;break-inside:avoid}figcaption{color:var(--soft);font-size:.92rem}\n"
	".grid{stroke:var(--line)}.limit{stroke:var(--stop);stroke-width:1.5;stroke-dasharray:7 3}"
	".warn{stroke:var(--act-rim);stroke-width:1.5;stroke-dasharray:2 3}"
	".value{fill:none;stroke:var(--plan);stroke-width:2;stroke-linejoin:round}"
	".bound{fill:var(--plan);opacity:.18}.next{fill:none;stroke:var(--plan);stroke-width:2.5;"
	"stroke-dasharray:.1 6;stroke-linecap:round}.range{fill:var(--stop);opacity:.15}"
	".now{stroke:var(--soft)}.dot{fill:var(--plan)}\n"
	"footer{margin-top:2.5rem;padding-top:1rem;border-top:1px solid var(--line);font-size:.92rem}\n"
	".legend{list-style:none;padding:0;margin-bottom:.8rem;display:grid;gap:.2rem 1.5rem;"
	"grid-template-columns:repeat(auto-fill,minmax(18rem,1fr))}\n"
	"@media(max-width:30rem){h1{font-size:1.5rem}.big{width:3rem;height:3rem}"
	".parts,.facts{grid-template-columns:4.2rem 1fr}.facts{display:block}.facts dd{margin:0 0 .3rem}}\n"
	"@media print{html{font-size:10pt}body{max-width:none;padding:0}.fold+.folded,.fold:not([open])+.folded{display:block}"
	".thing .fold{display:none}#fine .fold summary{color:inherit;list-style:none}"
	"*{-webkit-print-color-adjust:exact;print-color-adjust:exact}h2,h3{break-after:avoid}"
	".list li{break-inside:avoid}}\n";
/* clang-format on */
