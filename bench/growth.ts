// How time and memory grow with the number of explainers: 1, 10, 100 and 1,000 of 11 sections and 5 utterances each, made here.
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stringify } from "yaml";
import { createRandom } from "../src/matching/classifier.js";
import { CACHE } from "./content.js";
import { measureBuilt, ms, table } from "./measure.js";

const PLACES =
  "Ashford Bexhill Carlow Dunmore Exmoor Fenwick Galway Harlow Ilford Jarrow Kendal Larne Malton Newry Oakham Penrith Quorn Ripon Selby Thirsk Ulster Ventnor Whitby Yarm Zennor".split(
    " ",
  );
const SUBJECTS =
  "bus|harbour|library|school meals|flood wall|airport|quarry|tram|hospital wing|market hall|water meter|bridge toll|ferry|stadium|recycling|solar farm|clinic|cycle lane|museum|parking|wind farm|night shelter|allotment|cinema|railway|reservoir|nursery|fire station|post office|festival|swimming pool|broadband|housing|coal mine|dairy|fishing|theatre|prison|court|bakery".split(
    "|",
  );
const PEOPLE =
  "Ada Ward|Ben Okoro|Cara Flynn|Dev Patel|Elin Rees|Femi Ade|Gwen Hart|Hugh Lamb|Iris Cole|Jon Price".split("|");

interface Topic {
  readonly id: string;
  readonly what: string;
  readonly person: string;
  readonly number: number;
}

const SECTIONS: readonly {
  id: string;
  heading: (t: Topic) => string;
  body: (t: Topic) => string[];
  asks: (t: Topic) => string[];
}[] = [
  {
    id: "today",
    heading: (t) => `What happened at the ${t.what} today?`,
    body: (t) => [`Protesters met at the ${t.what} from 9am to noon.`, "The council asked people to stay calm."],
    asks: (t) => [
      `latest on the ${t.what}`,
      `what went on at the ${t.what} this morning`,
      `${t.what} news`,
      `anything new about the ${t.what}?`,
      `what time was the ${t.what} protest`,
    ],
  },
  {
    id: "dispute",
    heading: (t) => `What is the ${t.what} dispute about?`,
    body: (t) => [
      `The council wants to change how the ${t.what} is paid for.`,
      `It says that costs rose by ${t.number % 40}%.`,
    ],
    asks: (t) => [
      `why the row over the ${t.what}`,
      `what is the ${t.what} fight about`,
      `${t.what} explained`,
      `background to the ${t.what} row`,
      `who wants to change the ${t.what}`,
    ],
  },
  {
    id: "staff",
    heading: (t) => `What do staff of the ${t.what} say?`,
    body: (t) => [`Staff of the ${t.what} say that safety is at risk.`, "They already work nights."],
    asks: (t) => [
      `what do workers at the ${t.what} think`,
      `${t.what} staff view`,
      `are ${t.what} workers unhappy`,
      `do ${t.what} staff work nights`,
      `${t.what} workers say what`,
    ],
  },
  {
    id: "numbers",
    heading: (t) => `How many people joined the ${t.what} protest?`,
    body: (t) => [`About ${t.number} people joined, the organisers say.`, "The police gave no figure."],
    asks: (t) => [
      `how many at the ${t.what} protest`,
      `${t.what} turnout`,
      `number of ${t.what} protesters`,
      `was the ${t.what} march big`,
      `size of the ${t.what} crowd`,
    ],
  },
  {
    id: "users",
    heading: (t) => `How are users of the ${t.what} affected?`,
    body: (t) => [`More than ${t.number * 3} bookings at the ${t.what} were cancelled.`, "They will be made anew."],
    asks: (t) => [
      `were ${t.what} bookings cancelled`,
      `can I still use the ${t.what}`,
      `effect on ${t.what} users`,
      `how many ${t.what} bookings lost`,
      `will my ${t.what} booking be moved`,
    ],
  },
  {
    id: "coping",
    heading: (t) => `How is the ${t.what} coping?`,
    body: (t) => [`The ${t.what} stayed open with short queues.`, "No problems were reported."],
    asks: (t) => [
      `is the ${t.what} open`,
      `queues at the ${t.what}?`,
      `how did the ${t.what} manage`,
      `any trouble at the ${t.what}`,
      `${t.what} coping`,
    ],
  },
  {
    id: "managers",
    heading: (t) => `What do managers of the ${t.what} say?`,
    body: (t) => [`${t.person}, who runs the ${t.what}, said that it had been hard.`, "She thanked the volunteers."],
    asks: (t) => [
      `who runs the ${t.what}`,
      `${t.what} boss statement`,
      `what did ${t.person} say about the ${t.what}`,
      `${t.what} management view`,
      `did the ${t.what} bosses comment`,
    ],
  },
  {
    id: "support",
    heading: (t) => `Who supports the ${t.what} protest?`,
    body: (t) => [`Two unions and a choir support the ${t.what} protest.`, "A local singer sent a message."],
    asks: (t) => [
      `who backs the ${t.what} protest`,
      `${t.what} union support`,
      `any famous people for the ${t.what}`,
      `which unions support the ${t.what}`,
      `${t.what} supporters`,
    ],
  },
  {
    id: "public",
    heading: (t) => `How has the public reacted to the ${t.what} row?`,
    body: (t) => [`Neighbours brought soup to the ${t.what}.`, "Many drivers waved."],
    asks: (t) => [
      `what do locals think of the ${t.what} row`,
      `public opinion on the ${t.what}`,
      `food at the ${t.what} protest`,
      `are people behind the ${t.what} staff`,
      `reaction to the ${t.what}`,
    ],
  },
  {
    id: "council",
    heading: (t) => `What does the council say about the ${t.what}?`,
    body: (t) => [`The council leader said the ${t.what} plan would stand.`, "She expects no thanks for it."],
    asks: (t) => [
      `council on the ${t.what}`,
      `what did the leader say about the ${t.what}`,
      `${t.what} plan defended?`,
      `does the council regret the ${t.what} plan`,
      `council leader ${t.what} quote`,
    ],
  },
  {
    id: "outcome",
    heading: (t) => `Will the ${t.what} protest change anything?`,
    body: (t) => [`It is open whether the council will change the ${t.what} plan.`, "A vote is due."],
    asks: (t) => [
      `will the ${t.what} protest work`,
      `any hope for the ${t.what}`,
      `is the council going to back down on the ${t.what}`,
      `point of the ${t.what} protest`,
      `${t.what} outcome`,
    ],
  },
];

function topics(count: number): Topic[] {
  const random = createRandom(11);
  return Array.from({ length: count }, (_, index) => {
    const place = PLACES[index % PLACES.length] ?? "";
    const subject = SUBJECTS[Math.floor(index / PLACES.length) % SUBJECTS.length] ?? "";
    const what = `${place} ${subject}`;
    return {
      id: what.toLowerCase().replace(/ /g, "-"),
      what,
      person: PEOPLE[index % PEOPLE.length] ?? "",
      number: 100 + Math.floor(random() * 900),
    };
  });
}

async function write(root: string, all: readonly Topic[]): Promise<void> {
  await rm(root, { recursive: true, force: true });
  await mkdir(join(root, "intents"), { recursive: true });
  for (const topic of all) {
    const folder = join(root, "data", topic.id);
    await mkdir(folder, { recursive: true });
    const body = SECTIONS.map(
      (section) => `## ${section.heading(topic)} {#${section.id}}\n\n${section.body(topic).join("\n")}\n`,
    ).join("\n");
    await writeFile(join(folder, "explainer.md"), `---\ntitle: The ${topic.what} row\n---\n\n${body}`);
    const sections = Object.fromEntries(SECTIONS.map((section) => [section.id, { whole: section.asks(topic) }]));
    await writeFile(
      join(root, "intents", `${topic.id}.yaml`),
      stringify({ voices: [{ voice: "made", sections }] }, { lineWidth: 0 }),
    );
  }
}

const QUESTIONS: readonly ((t: Topic) => string)[] = [
  (t) => `so how many folk turned up for the ${t.what} thing?`,
  (t) => `why are they fighting over the ${t.what}`,
  (t) => `is the ${t.what} shut or open now`,
  (t) => `what has ${t.person} said on the ${t.what}`,
  (t) => `did locals bring food to the ${t.what}?`,
];

export async function growth(sizes: readonly number[] = [1, 10, 100, 1000]): Promise<string> {
  const rows: (string | number)[][] = [];
  for (const size of sizes) {
    const root = join(CACHE, `growth-${size}`);
    const all = topics(size);
    await write(root, all);
    const questions = Array.from({ length: 200 }, (_, index) =>
      QUESTIONS[index % QUESTIONS.length]!(all[(index * 37) % all.length]!),
    );
    const file = join(root, "questions.txt");
    await writeFile(file, `${[...new Set(questions)].join("\n")}\n`);
    const config = {
      dataDir: join(root, "data"),
      intentsDir: join(root, "intents"),
      cacheDir: join(CACHE, "growth-cache", String(size)),
    };
    const first = measureBuilt(config, file);
    const kept = measureBuilt(config, file);
    const bare = measureBuilt({ ...config, encoder: "off" }, file);
    rows.push([
      size,
      ms(first.readyMs / 1000),
      ms(kept.readyMs / 1000),
      ms(kept.p50),
      ms(kept.p99),
      Math.round(kept.memoryMb),
      ms(bare.readyMs / 1000),
      ms(bare.p50),
      Math.round(bare.memoryMb),
    ]);
    process.stderr.write(`${rows.at(-1)?.join("  ") ?? ""}\n`);
  }
  return table(
    [
      "explainers",
      "first build, s",
      "start, s",
      "p50, ms",
      "p99, ms",
      "memory, MB",
      "start without encoder, s",
      "p50 without, ms",
      "memory without, MB",
    ],
    rows,
  );
}
