const list = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/).filter((word) => word !== ''));

/**
 * Words that a capitalised group may hold without being a person, accents folded, lower case: bodies, places, peoples, times, makers
 * and products, and what our own texts are made of. What an agency needs beside them goes into its allow-list of names.
 */
export const notPersons = list(`
  academie academy administration affaires affairs agence agences agency agencies aid air airport alliance ambassade ambulance archives armee army arts assemblee assembly
  assistance association associations assurance assurances assure atelier authority authorities autorite autorites bank banque base bibliotheque board brigade budget
  bulletin bureau cabinet caisse campaign campagne cellule center central centrale centre centres chamber chambre charter charte chancellery chief christmas church cite
  citizen citoyens city civil civile clinic clinique club coalition code college comite command commandement commerce commissariat commission commissioner committee
  commons communaute commune communications communication community company compagnie conference confederation congres congress conseil constitution consortium consulate
  consultative convention cooperation coordination corporation council county cour court credit crisis crise critical cross croix crime cyber cyberdefense cybersecurity
  cybersecurite data database defence defense delegation departement departement department departmental desk development developpement digital direction directive
  directorate disclosure district division donnees durable ecole ecology economie economy education eglise election elections electoral electorale electricite elysee
  embassy emergency emploi employment energie energy enterprise enquete entreprise entreprises environment environnement espace etablissement etat etats european europeen europeenne europeens
  europol eurojust event executive exchange express expert experts faculte faculty family federal federale federation finance finances fire fiscal fonds force forces
  foreign forum foundation fondation foundation france franchise freedom frontieres fund fraud games gazette gendarmerie general generale gestion global government
  gouvernement grand grande greater group groupe guard guide habitat haut haute health help helpline high holding home hopital hopitaux hospital hospitals hotel house human
  identity impots incident independance independent industrie industries industry info information informations informatique infrastructure initiative
  inspectorate inspection institut institute institution institutions insurance integrity intelligence interior interieur internal international internationale internet
  interpol investigation jeux joint journal judicial justice juridique juge labor laboratoire laboratory labour law league legal letter library liberte libertes ligue
  line local logistics loi lord lords lutte lycee mairie maison management marche marine maritime market marshal media medical medicine mediateur medias mercredi metropole metropolitan
  military mills ministere ministry minister ministerial mission mobile mobility mobilite monitoring mouvement movement municipal museum musee mutual mutuelle national nationale
  nationaux nations nature naval navy network networks newspaper note notice nuclear numerique nucleaire observatory observatoire office officer official olympic olympiques
  open operation operational operations operator ordre order organisation organising organisateur organization palais panel parent park parliament parlement parquet
  partenaires partners party parti patients patrimoine pension personal personnelles petroleum plan platform plateforme police policy pole politique politiques pont
  port portail portal post poste power prefecture president presidence presidential press presse prevention primary prison privacy private procurement product production
  program programme project projet property prosecution protection protocol province provincial public publication publique publiques publics quality quartier radio
  railway rail receiver record records recherche rectorat refugees region regional regionale register registre registry regulation relations report republic republique
  rescue research reserve reseau reseaux resilience resource resources response ressources retraite revenue review risk rights river road royal rouge russie safety
  sanitaire sante scheme school schools sciences science scientifique secours secret secretariat securite security sector secure securities senat senate sentinel service services
  settlement shadow social sociale societe society software solidarite sovereign space special sport sports staff standards state states statement station statistics
  statistiques strategy street study sud superieur superieure support supreme surveillance syndicat system systeme systemes systems task tax taxes team teams
  technical technique technologies technology telecom telecommunications television territoires territory territorial theatre times title tour tower town trade transport
  transports travail treasury treaty tresor tribunal tribune trust union unit unite unitary united universite universites university urban urgence urgences veille verification
  ville vigilance village volunteers vote water web website week welfare wireless women work workers working world youth zone
  afrique africa america amerique asia asie europe australie australia canada chine china espagne spain allemagne germany italie italy japon japan belgique belgium suisse
  switzerland portugal ukraine pologne poland roumanie romania grece greece maroc morocco algerie algeria tunisie tunisia egypte egypt turquie turkey israel iran irak iraq
  inde india bresil brazil mexique mexico argentine argentina chili chile perou colombie norvege norway suede sweden finlande finland danemark denmark islande iceland
  irlande ireland ecosse scotland angleterre england wales britain kingdom royaume zealand zelande korea coree kazakhstan bretagne brittany normandie normandy alsace
  lorraine provence alpes alps cote azur corse corsica aquitaine occitanie auvergne rhone loire seine marne oise somme gironde garonne savoie picardie bourgogne champagne
  ardennes vosges jura landes pyrenees mediterranee mediterranean atlantic atlantique pacific pacifique manche mer sea ocean lac lake mont mount monts isle ile iles island
  islands north south east west nord est ouest northern southern eastern western paris lyon marseille lille nantes rennes bordeaux toulouse strasbourg nice grenoble
  brussels bruxelles london londres berlin rome madrid lisbon lisbonne vienna vienne geneva geneve zurich washington york jersey hampshire angeles francisco diego
  vegas orleans boston chicago moscow moscou kyiv kiev beijing pekin tokyo delhi sydney dublin oslo stockholm helsinki copenhagen copenhague prague warsaw varsovie
  budapest bucarest sofia athens athenes luxembourg monaco hague haye saint sainte st ste fort burkina faso sierra leone costa rica sri lanka papua guinea guinee
  salvador arabia arabie saoudite saudi emirates emirats hong kong cap cape verde abu dhabi addis abeba tel aviv rio sao paulo buenos aires los las el la
  american british french german russian chinese iranian korean spanish italian dutch belgian swiss ukrainian polish francais francaise francaises russe russes americain
  americaine americains britannique britanniques allemand allemande chinois chinoise iranien europeennes
  monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december jan feb mar apr jun jul
  aug sep sept oct nov dec lundi mardi jeudi vendredi samedi dimanche janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
  utc gmt cet cest am pm
  commercial controls electric engineering facilities factory mitigation multiple san scams sectors strategies view
  junction piccadilly passez mettez appliquez installez fortios fortimanager fortiproxy sonicwall zimbra moveit zyxel qnap synology postgresql mongodb tomcat grafana
  active adobe amazon android ansible apache apple aws azure bitlocker bluetooth browser chrome cisco citrix cloud cloudflare cobalt confluence debian defender dell directory
  docker edge esxi excel exploit explorer facebook firefox firewall fortinet fortigate git github gitlab google hat huawei hyper ibm instagram intel intune ios iphone ivanti jenkins
  jira juniper kaspersky kernel kubernetes lenovo linkedin linux log4j mac macos mandiant messenger microsoft mozilla mysql netscaler nginx office okta onedrive openssl openssh
  oracle outlook palo alto pdf postgres powerpoint proton protonmail python qualcomm red redis remote router salesforce samba samsung sap secureclient server sharepoint siemens
  signal skype slack solarwinds sophos sql studio swift symantec teams telegram tiktok tor twitter ubuntu veeam visual vmware vpn vsphere wannacry whatsapp windows wifi
  wordpress workspace xcode yahoo youtube zoom zero day trojan malware ransomware phishing botnet wiper panda bear kitten spider typhoon blizzard lockbit
  account accounts accuracy advice archive archived artefact attack attribution audit batch bonjour breach check claim claims closing collection confidence confirmed
  contact contacts contract corrected correction declaration declarations document documents draft dossier ecriture envoi errata extract fact facts falsification faq feed file
  files final finding findings first form frequently asked questions fuite hashes holding initial initiale interim introduction invoice known leak leaked list log logs mail message messages
  names new next nouvelle old page part password passwords photo photos point points premiere previous privileged procedure question questions reference
  register registered released sample section session series set signature signed situation source sources statistic status summary telephone template theme timeline
  unknown update updated user users vendor verdict version vulnerability vulnerabilities warning what when why who how
  acces alerte analyse annexe authenticite authentique avis bilan calendrier communique compte comptes conseils constat constats correctif courriel courriels
  deuxieme extrait fichier fichiers foire formulaire historique incidents inventaire lettre liste lot mise motif objet ordinateur partie personnes
  piece pieces point preuve question rapport rappel recommandations reponse resume retrait serie signalement statut suivi tableau troisieme usurpation utilisateurs verifications`);

/** Everyday words that begin a sentence with a capital; they open no name. */
export const openers = list(`
  a an the this that these those it its he she they we you i our your their there here in on at by for from to of as if when while where what which who how why and but
  or so then after before since until during because although however also is are was were has have had do does did please people no not only yesterday today tomorrow tonight
  according both each every all any some many most several few another other such same with without within under over between among against about across despite following
  regarding concerning including unlike like per via upon once now meanwhile moreover nevertheless still thus therefore later earlier currently recently finally instead
  first second third one two three four five six seven eight nine ten contact see read ask tell write call visit use check do don't never always neither nor either whether
  monday tuesday wednesday thursday friday saturday sunday lundi mardi mercredi jeudi vendredi samedi dimanche
  whom whose even just very too more less than dear hello thank thanks mr mrs
  le la les l d un une des du de ce cet cette ces il elle ils elles on nous vous notre nos votre vos leur leurs y en au aux dans sur par pour avec chez entre si quand
  lorsque comme ou et mais donc or car apres avant depuis pendant parce bien que qui quoi dont est sont etait etaient ont avait avaient c s j m t n qu ainsi alors
  cependant toutefois enfin ici merci selon contrairement hier demain aujourd'hui aujourd hui aucun aucune ne pas plus moins tout tous toute toutes chaque plusieurs certains
  certaines quelques autre autres deux trois quatre cinq sept huit neuf dix puis aussi encore deja desormais actuellement contactez consultez voir lire ecrivez appelez
  attendez verifiez signalez ni sans sous vers contre malgre hors lors afin outre des dernierement son sa ses mon ma mes ton ta tes lui eux celui celle ceux celles
  interroge interrogee joint contacte contactee saisi saisie cher chere monsieur madame`);
