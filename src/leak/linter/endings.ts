const list = (words: string): readonly string[] => words.split(/\s+/).filter((word) => word !== '');

/**
 * Endings after which a bare name counts as an address: the countries', but for those that are words of a sentence whose blank was
 * forgotten ("fin.Et") or endings of files (md, py, rs, sh), and the common generic ones.
 */
export const bareEndings = list(`
  com net org info biz name pro mobi edu gov mil int arpa eu
  ac ad ae af ag ai al am ao aq ar at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz
  de dj dk dm dz ec ee eg er fi fj fk fm fo fr ga gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie im in io iq ir is it je jm jo jp
  ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc me mg mh mk ml mm mn mp mq mr ms mt mu mv mw mx mz na nc nf ng ni nl no np nr nu nz om
  pa pe pf pg ph pk pl pm pn pr pt pw qa re ro ru rw sb sc sd se sg si sk sl sm sn sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tp tr tt tv tw tz
  ua ug uk us uy uz va vc vg vi vn vu wf ws ye yt za zm zw
  academy agency app art asia associates audio auction bar best bet bid bike black blog blue boo boston bot boutique broker build builders business buzz cafe cam camera camp
  capital car cards care cash casino cat center chat cheap church city claims cleaning click clinic clothing cloud club codes coffee community company computer
  condos construction contact contractors cool country coupons credit cyou dance data date day deals degree delivery democrat dental desi design dev diamonds digital
  direct directory discount dog domains download earth education email energy engineer engineering enterprises equipment estate events exchange expert exposed express
  fail faith family fans farm fashion finance financial fish fit flights florist foo forsale forum foundation fun fund fyi gallery game games gay ge gift gifts gives glass
  global gold graphics gratis green gripe group guide guru help hiphop holdings homes host hosting house icu immo immobilien inc industries ink institute insure
  international investments irish jetzt jobs kim kitchen land law lawyer lease legal lgbt life lighting limited limo link live loan loans lol love ltd
  management market marketing markets mba media meme memorial men menu moda moe mom money monster movie navy network news ninja nrw observer one onl online ooo
  page paris partners parts party pet photo photography photos pics pictures pink pizza place plumbing plus porn press productions promo properties pub quest racing
  recipes red rehab reise rent rentals repair report republican rest restaurant review reviews rich rip rocks rodeo run sale school science services sex sexy shop
  shopping show site skin social software solar solutions space sport store stream studio style sucks supplies supply support surf surgery swiss systems tattoo tax taxi team
  tech technology tel tennis theater tickets tips tires today tools top tours town toys trade training travel tube university uno vacations ventures vet viajes video
  villas vin vip vision vodka vote voyage wang watch webcam website wiki win wine work works world wtf xxx xyz yachts yoga zone bzh corsica alsace quebec berlin brussels
  london amsterdam gle dad phd prof nexus bond sbs cfd autos lat rsvp bank insurance hiv box example test invalid`);

/** Endings of files. Those that are a country's or a zone's too count as an address only with a path of their own. */
const fileEndings = list(`
  pdf doc docx docm xls xlsx xlsm ppt pptx odt ods odp csv tsv txt rtf log ini conf cfg xml json yaml yml html htm xhtml css scss js mjs cjs ts tsx jsx java class jar php asp aspx
  jsp exe dll msi bat cmd bin dat iso img dmg pkg deb rpm apk tar gz tgz bz xz rar eml msg pst ost mbox sql sqlite db mdb bak tmp jpg jpeg png gif bmp tif tiff svg webp mp mpg
  mpeg avi mkv wav flac ogg webm key pem crt cer asc sig ics vcf epub psd ai`);
const zonesToo = list('zip mov sh md py rs pl ps so cc ai');

const isFile = new Set([...fileEndings, ...zonesToo]);
const isZone = new Set([...zonesToo, ...bareEndings]);

/** Whether a name that ends so can be a host where something else says so: a path after it, or `www.` before it. */
export function isPlausibleZone(ending: string): boolean {
  const plain = ending.toLowerCase();
  return isZone.has(plain) || (!isFile.has(plain) && /^(?:xn--[a-z0-9-]{2,40}|\p{L}{2,18})$/u.test(plain));
}

export function isFileEnding(ending: string): boolean {
  return isFile.has(ending.toLowerCase());
}
