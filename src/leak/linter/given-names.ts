const list = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/).filter((word) => word !== ''));

/**
 * Given names as they are met in French and English texts, accents folded, lower case: the surest sign that a capitalised pair is a
 * person. Names that are everyday words or places only (France, Avril, Paris) are left out; the pair is then judged by what stands around it.
 */
export const givenNames = list(`
  adam adele adrien agathe agnes ahmed aicha aime aisha alain alan alban albert alberto alejandro aleksandr alessandro alex alexander alexandra alexandre alexei
  alexis alfred ali alice alicia aline alix alma alois amadou amanda amandine amara ambre amelia amelie amina amine amir amy ana anais anastasia anatole andre andrea
  andreas andrei andrew andrey andy angela angele angelique anita ann anna annabelle anne annette annick annie anouk anthony antoine antoinette antonio anton
  apolline ariane ariel arjun armand armelle arnaud arnold arthur asma astrid aude audrey aurelie aurelien aurore axel axelle ayse aziz barbara barry bastien baptiste
  beatrice ben benedicte benjamin benoit bernadette bernard bernd bertrand bill blaise blandine bob boris boubacar brahim brandon brenda brian brigitte bruce bruno
  camille candice carine carl carla carlos carmen carol carole caroline caterina catherine cathy cecile cecilia cedric celeste celia celine chandra chantal charlene
  charles charlotte chen chiara chloe chris christa christel christelle christian christiane christina christine christophe christopher claire clara clarisse claude
  claudia claudine clea clemence clement clementine colette colin constance corentin corinne craig cristina curtis cynthia cyril damien dan daniel daniela daniele
  danielle danny daphne dario david deborah delphine denis denise dennis derek diana diane didier diego dimitri dmitri dmitry dominique donald donna doris dorothee
  douglas driss dylan eddy edgar edith edmond edouard eduardo edward edwige eileen elena eleonore eli eliane elias elisa elisabeth elise elizabeth ella ellen elodie
  eloise elsa emeline emil emile emilie emily emma emmanuel emmanuelle enrico enzo eric erica erik erika ernest erwan esteban estelle esther ethan etienne eugene
  eugenie eva evelyne evgeny fabian fabien fabienne fabio fabrice fadi fanny farah farid fatima fatou fatoumata felicia felicie felix fernand fernando fiona flavie
  florent florian francesca francesco francine francis francisco franck francois francoise frank fred freddy frederic frederick frederique gabriel gabriela gabrielle
  gael gaelle gary gaspard gaston genevieve geoffrey george georges georgette georgia gerald geraldine gerard germain ghislaine giacomo gianni gilbert gilles
  ginette giorgio giovanni gisele giulia giuseppe gladys gloria gordon gregoire gregory greta guido guillaume gustave guy gwenaelle hakim hamid hannah hans harold
  harry hasan hassan heather hector heidi helen helena helene henri henriette henry herbert herve hicham hiroshi hortense howard hubert hugo hugues ian ibrahim
  ibrahima ida idriss igor iman ines ingrid irene irina iris isaac isabel isabella isabelle ismael ivan jack jackie jacob jacqueline jacques jade jakub jamal james
  jan jana jane janet janine jasmine jason javier jean jeanne jeff jeffrey jennifer jenny jeremie jeremy jerome jessica jim jimmy jo joan joanna joao joaquin joe joel
  joelle johan johann johanna johannes john johnny jon jonas jonathan jordan jorge jose josef joseph josephine joshua josiane josie jozef juan juanita judith
  jules julia julian juliana julie julien juliette justin justine kader kamal kamel karen karim karima karin karl karla karolina kate katharina kathleen kathryn
  kathy katia katrin keith kelly kenji kenneth kevin khadija khaled khalid kim klara klaus konstantin kristina krzysztof kurt kwame kyle lamia lars larry latifa
  laura laure laurence laurent laurie lea leah leila lena lenny leo leon leona leonard leonardo leonie leopold leslie leticia liam lila lilian liliane lina linda
  lionel lisa lise liza loic lola loren lorenzo louis louise luc luca lucas lucia lucie lucien lucienne lucile luis luisa luka lukas luke lydia lydie lynn
  madeleine mael maeva magali magdalena mahmoud maite malcolm malik malika malo mamadou manon manuel manuela marc marcel marcelle marcia marcin marco marcos margaret
  margarita margaux margot marguerite maria mariam marianne marie mariel marija marika mario marion marissa marius mark marko marlene marta martha marthe
  martin martina martine mary maryam maryse mateo mathieu mathilde mathis matteo matthew matthias matthieu maud maureen maurice mauricio max maxence maxim maxime maya
  mehdi mei melanie melissa mercedes mia michael michal michel michele micheline michelle miguel mikhail milan mila milena mina miranda mireille miriam mohamed
  mohammad mohammed moise monica monika monique morgan morgane mostafa moussa muhammad muriel mustafa myriam nabil nadege nadia nadine naima nancy naomi
  natacha natalia natalie nataliya nathalie nathan nathanael neil nelly nelson nicholas nick nico nicolas nicole nicoletta nikita nikolai nils nina noah noe noel noelle
  noemie nora norbert norman nour octave odette odile oleg olena olga oliver olivia olivier omar ophelie oriane oscar oskar ousmane pablo paloma pamela paola paolo
  pascal pascale pascaline patrice patricia patrick paul paula paulette pauline paulo pavel pedro peggy penelope peter petra petr philip philippe philippine phoebe
  pierre pierrette pierrick piotr priscilla priya quentin rachel rachid rachida rafael rahul raj ralph ramon raoul raphael raphaelle raul ray raymond raymonde rebecca
  regine regis reine remi remy renate renaud rene renee reynald ricardo richard rita robert roberta roberto robin roch rodolphe rodrigo roger roland romain romane
  romeo romuald ronald rosa rosalie rosemary roxane roy ruben rudolf rudy russell ruth ryan sabine sabrina sacha said salim salma salome salvador sam samantha
  samia samir samira sampson samuel sandra sandrine sandy santiago sara sarah sasha scott sean sebastian sebastien selma serge sergei sergey sergio severine shane
  shannon sharon sheila sidonie sigrid silvia simon simone sofia sofiane solange solene sonia sophia sophie soraya stanislas stefan stefania stephane
  stephanie stephen steve steven stuart susan suzanne svetlana sven sylvain sylvia sylviane sylvie tamara tania tanguy tara tatiana ted teresa terry thelma theo theodore
  theophile therese thibault thibaut thierry thomas tiffany tim timothee timothy tobias todd tom tomas tomasz tony tracy tristan ulrich ursula valentin valentina
  valentine valeria valerie vanessa vasily vera veronica veronique victor victoire viktor vincent viola violaine violette virginie vivian viviane vladimir volodymyr
  wafa wahid walid walter wanda wei wendy werner wilfried wilhelm will william wolfgang xavier yacine yael yann yannick yasmina yasmine yohan yolande youssef yuki yuri
  yusuf yves yvette yvonne zachary zainab zelie zineb zoe zoltan zofia abdel abdallah abdoulaye abdul aboubakar adama adel adriana aidan aiko akira alina alphonse
  amel anil anya armando arturo asha ayman babacar beata bilal bogdan bojan carolina chiamaka chinedu claudio cristian cristiano danilo deepak dieter dragan edina
  ekaterina emre ewa fatma faisal fabiola felipe feng gabor geeta georgi gerhard giulio goran guadalupe gunther hamza haruki heinrich helga hossein hugh hye ifeanyi
  ilya imran ioana istvan jaroslav jin jiri jun juliana jurgen kaito katarzyna kemal kiran kofi kumar kyoko lakshmi leticia lin ling lorena luciana luigi magnus
  malgorzata marek margit mariana marina matei mehmet mei milos ming mirela mohan murat nasser natalya nikola nikos ngozi nuno olu oluwaseun omer osman ozgur paulina
  pilar pranav radek rajesh ravi renata roman rui sanjay sanna satoshi seydou shu sibel siobhan slobodan soledad stefano stefanie sunil takeshi tariq thiago tomoko
  vaclav vasil wanjiru wojciech xin yan yara ying yoko yusra zara zeynep zhang zuzana berengere sixtine capucine maelle maelys lucille ludivine ludovic lilou loane loris ilan ilyes imane ismail jeanette jocelyn jocelyne
  josselin josephe judicael kelian killian kenza lola lorraine lou mahaut marin melina melvin mickael mickaelle mylene nawel nolwenn noor oceane ombeline orlane perrine
  pauline prune rozenn ronan romaric sabrine sacha sandie sandrina sarra segolene solenn solenne steeve tiphaine titouan tugdual ulysse urbain valere vianney yanis yoann yoanna ysee
  zelia aurelia axelle bertille cassandre coralie delphin elouan enora erwann ewen fantine gaetan gaetane garance gwendal gwendoline gwenola gwladys hermine honorine ilona jeanine
  aaron abigail alistair alastair alfie aoife archie barnaby beth bethany brendan bridget caitlin callum cameron ciara ciaran clive conor cormac craig damian darragh declan deirdre
  dermot desmond dominic donal duncan edwina eimear elspeth eoin ewan fergus finn fionnuala freya gareth gavin gemma geraint gillian giles glenn graham graeme hamish harriet hayley
  hazel hilary hugh imogen isla jemima jenna jeremiah joanne jodie julie kathleen keiran keira kieran kirsten kirsty lachlan leanne lesley lorna louisa lucinda lynne mairead maisie
  maeve malcolm mhairi moira morag muriel nadine natasha neville niall nigel niamh nuala oisin oonagh orla padraig philippa poppy quentin rhiannon rhys rory rosalind rosie roisin rupert
  sally saoirse seamus selina shaun shauna sian simeon sinead sorcha stella stewart tamsin tessa theresa trevor tristram una vaughan verity vicky wayne wilfred winifred yvette`);
