const list = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/).filter((word) => word !== ''));

/** Towns whose name begins that of a station, a district or a body ("Manchester Piccadilly"); some are surnames, none is a first name. */
export const towns = list(`
  aberdeen amiens angers annecy antibes arras avignon bath bayonne belfast besancon birmingham blackpool bolton bournemouth bradford brest brighton bristol brive caen calais
  cambridge cannes cardiff carlisle cergy chambery cherbourg clermont colmar cologne coventry crewe croydon derby dijon dover dundee dunkerque durham edinburgh evry exeter
  frankfurt glasgow gloucester hamburg hastings hull inverness ipswich leeds leicester limoges liverpool lorient luton manchester marne metz milan milton montpellier mulhouse
  munich nancy newcastle newport nimes norwich nottingham oxford perpignan peterborough plymouth poitiers portsmouth preston quimper reading reims rotterdam rouen saclay salford
  sheffield southampton stockport sunderland swansea swindon toulon tours troyes turin valence valenciennes vannes versailles wakefield warrington watford wigan wolverhampton
  worcester zaragoza seville barcelona naples antwerp ghent liege charleroi namur lausanne basel bern fribourg`);

/** "Storm Ciaran", "tempête Alex": weather, not a person. */
export function isStorm(word: string): boolean {
  return /^(?:storm|hurricane|cyclone|typhoon|tempete|ouragan)$/.test(word);
}

/** The last word of a law's or a treaty's name: "Computer Misuse Act". */
export function isLaw(word: string): boolean {
  return /^(?:acts?|bill|codes?|regulations?|rules?|treaty|convention|agreement|protocol|directive|statute|ordinance|amendment)$/.test(word);
}
