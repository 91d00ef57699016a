/** Word tables of names. Each line is one group; a word stands in its plain Latin form, as `script.ts` makes it. */

const groupsOf = (text: string): readonly (readonly string[])[] =>
  text
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/));

function memberMap(text: string): ReadonlyMap<string, string> {
  const members = new Map<string, string>();
  for (const group of groupsOf(text)) for (const word of group) members.set(word, group[0] as string);
  return members;
}

const wordSet = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Titles, offices and forms of address: they say nothing about who it is. */
export const HONORIFICS = wordSet(`
  mr mrs ms miss mister sir madam dame lord lady dr doctor prof professor eng engineer ing dipl mag rev reverend fr father sister
  pastor bishop archbishop cardinal rabbi imam mufti ayatollah hojjatoleslam hojatoleslam allamah allama mullah mulla mollah molla
  maulavi maulawi mawlawi maulana mawlana mawlawy moulavi mowlawi moulana haji hajji hajj khadzhi hadzhi khadji hodja khodzha haj alhaj alhaji hadji hadj hajje hajji hj qari
  hafiz sheikh shaikh shaykh sheik cheikh sheyh ustad ustadh ustaz sayed president prezident prezydent prasident praesident presidente
  presidentas presidentti predsednik predsjednik presedintele presiden prezidents prezidentas elnok minister premier chancellor
  governor senator ambassador consul general gen colonel col major maj captain capt lieutenant lt sergeant sgt admiral brigadier
  brig commander comandante commandant cmdr marshal corporal cpl monsieur madame mme mlle herr frau signor signora senor senora sr sra
  don dona doctora ingeniero licenciado lic gospodin gospoja pan pani esq jr snr hon honourable honorable his her excellency highness
  majesty prince princess king queen emir comrade tovarish judge justice
`);

/** Offices that newspapers put before a family name alone. */
export const OFFICES = wordSet(`
  president prezident prezydent prasident praesident presidente presidentas predsednik predsjednik presedintele presiden prezidents prezidentas
  elnok minister premier chancellor ayatollah pope
`);

/** Links between the parts of a name. They may be missing on either side. */
export const PARTICLES = wordSet(`
  al el il ul ur as ad ar at az an ash adh ath bin ibn ben bint binti bt bte binte ould wuld walad ol aal ait de di da do du des del
  della dello dei degli dos das la le las los les van von der den vander zu zur zum ter ten te af av y e i und bar bat mac mc san
  santa st the ap
`);

/** Words of organizations that carry no meaning at all. */
export const STOPWORDS = wordSet(
  "the of and und et y e i for fur pour para de des du del der die das la le los las a an in on to von di da do dos al & for",
);

/** Words that very many organizations have in their names: they tell little, though two different ones still contradict each other. */
export const GENERIC_WORDS = wordSet(`
  company companies group holding holdings holdinggesellschaft international internacional internationale global worldwide world trading trade
  traders import export imports exports commercial commerce general industrial industries industry industria industrias enterprise
  enterprises services service servicios solutions systems system technology technologies tech consulting consultants management
  investment investments investissement inversiones capital finance financial finans finanse fund funds trust bank banco banque bankasi
  insurance real estate property properties inmobiliaria construction constructora building development development engineering
  logistics transport transportes shipping maritime marine navigation airlines airline aviation air energy oil gas petroleum petrochemical
  power electric electronics media telecom telecommunications communications network networks partners associates brothers sons
  foundation fundacion charity organization organisation association society federation union committee council center centre institute
  university academy school research production products product factory plant works manufacturing agency bureau office national state
  ministry department government exchange money motors auto automotive foods food agro agricola agricultural pharma pharmaceutical
  medical health security securities capital asset assets ventures business comercial comercializadora corporate corporation distribuidora
  army party front movement brigade battalion forces club grupo gruppe gruppa kompaniya kompania predpriyatie zavod fabrika sociedad societe gesellschaft firma firm house city
`);

/** Forms of name in one language or another that are the same given name; the first is only the group's name. */
export const GIVEN_NAMES = memberMap(`
  muhammad mohammed mohammad mohamed mohamad muhammed muhamad muhamed mehmet mehmed mohd md mahomed mohamud maxamed mochammad mokhammed magomed muhammet mahammad mhmd muxammad mouhamed mouhamadou mamadou
  ahmed ahmad ahmet akhmed akhmad achmad hmd ahmadu axmed ehmed
  mahmud mahmoud mahmood mehmood mahmut makhmud
  husayn hussein husain hussain hossein hosein hussien huseyin husein hossain khusein hisayn
  hasan hassan hasen hassen khasan haasan
  yusuf yousef youssef yousuf yusof yousif yosef youcef iusuf yussuf jusuf
  ibrahim ebrahim ibraheem brahim ibragim
  ismail ismael esmail ismaeel ismayil
  abdallah abdullah abdulla abdellah abdalla abdillah
  ali aly
  omar umar omer oumar umer
  usman osman othman uthman ousmane
  usama osama oussama ussama
  khalid khaled kaled halid chalid
  said saeed sayeed saeid saiid
  mustafa mostafa mustapha moustafa moustapha
  tariq tarek tareq tarik
  bashar bachar
  qasim kassim qassem kasim ghasem qasem kassem
  jafar jaafar djafar dzhafar cafer
  alexander aleksandr alexandr aleksander aleksandar alexandre alejandro alessandro oleksandr alaksandr aliaksandr iskander sascha sasha alex skandar sandor
  alexei alexey aleksei aleksey alexis oleksii oleksiy aliaksei alexej aleksej
  andrei andrey andrej andriy andrii andrew andreas andres andrzej andre ondrej andras
  dmitry dmitri dmitriy dmitrii dimitri dimitry dmytro dzmitry dimitrij dmitrij dimitrios dima
  evgeny yevgeny evgeniy yevgeniy evgenii yevgeni evgueni jevgenij yevhen eugene eugen eugenio jewgeni yevgen
  georgy georgiy georgii george georg georges jorge giorgi giorgio georgios jerzy heorhiy iorgos
  grigory grigoriy grigori gregory gregor hryhoriy gregorio gregoire grzegorz
  igor ihor
  ivan john jon johann johannes juan jean giovanni joao jan ioan yohanan sean ioannis ian evan johan jovan hans
  konstantin kostyantyn constantin konstantinos kostas constantine
  mikhail mykhailo mihail michael michel miguel mikael mihai mikhael mykhaylo mihails michal mike misha michail michele micheal mihaly miquel
  nikolai nikolay mykola nikolaj nicolas nicholas nikolaus nikolaos nicolai nick mikalai nicola klaus nikola miklos
  oleg oleh
  pavel paul pavlo pablo paolo pawel paulo pavlos pal
  petr pyotr peter pedro pierre pietro petro piotr pieter petros piotra petar pete
  sergei sergey serhiy serhii sergej serge sergio siarhei sergiy sergii sergejs serguei serghei sergi serj
  stepan stefan stephen steven stephan etienne esteban istvan stefano steve
  vasily vasiliy vasili vasyl basil vassili wassili
  viktor victor wiktor viktors vic
  vladimir volodymyr wladimir vladimirs uladzimir vladymyr volodimir wolodymyr vladimiras vlagyimir vova
  vyacheslav viacheslav viatcheslav vjaceslav wjatscheslaw
  yuri yury yuriy iurii yurii juri jurij iouri youri
  yakov jakob jacob jacques james jaime giacomo iakov yaakov diego jim jimmy
  yosif josef joseph jose giuseppe iosif jozef joe josip pepe
  ihar
  anton antonio anthony antoine tony antoni antonin
  daniel danilo danylo daniil danila danny
  david dawid davit dave daud dawood davud
  michaela mikaela mihaela
  elena yelena olena helen helena alena jelena elen
  ekaterina yekaterina catherine katherine katarina kateryna kate kathy katja katya cathy
  natalia natalya nataliya natalie natasha nathalie
  tatiana tatyana tetiana tetyana tanya tatjana
  maria mary marie mariya marija mariam maryam miriam
  anna ana anne hanna hannah ann
  william bill billy will guillermo wilhelm guillaume willem liam vilhelm
  robert bob bobby rob roberto robbie
  richard rick dick ricardo ritchie riccardo rich
  charles charlie chuck carlos carl karl karel carlo karol
  edward ed eddie eduardo edouard eduard eddy
  theodore ted teddy fyodor fedor teodor theodor teodoro fiodor
  thomas tom tommy tomas tomasz tommaso thom
  benjamin ben benny benjamim veniamin binyamin benji
  joshua josh
  samuel sam sammy samuil
  matthew matt mateo matteo matthias mathieu matvei matej mateusz

  francis frank francisco francesco francois franz frans franciszek paco pancho
  henry harry heinrich henri enrique enrico hendrik hank henryk
  lawrence larry laurence lorenzo laurent
  leonard leo leonid leonardo lenny
  gerald gerry jerry gerard gerardo gerhard
  kenneth ken kenny
  ronald ron ronnie
  donald donnie
  patrick pat paddy patricio patrice
  frederick fred freddy frederic federico fredrick
  friedrich fridrich friedrych fredrich
  christopher chris christophe cristobal kristoffer krzysztof
  elizabeth liz lisa beth betty elisabeth isabel elisabetta elizaveta
  margaret maggie peggy meg margarita margarete margit
  barack barry barak
  vincent vicente vincenzo vince
  philip philippe felipe filipp filip phil philipp
  louis luis luigi ludwig lewis luiz
  ramon raymond raimundo ray
  ernest ernesto ernst
  arkady arkadi arkadiy arkadii
  gennady gennadiy gennadi gennadii hennadiy
  valery valeriy valeri valerii valerij
  anatoly anatoliy anatoli anatolii
  vitaly vitaliy vitali vitalii
  arseny arseniy arsenii arseniusz
  kirill kyrylo cyril kiril
  ilya illia ilia elias ilyas elijah
  nursultan nur-sultan
  zedong tse-tung tsetung
  jinping chinping
  xi hsi
  wei
  zhou chou
  deng teng
  jiang chiang
  zhang chang cheung
  wang wong
  chen
  li lee ri yi rhee
  park pak bak
  choi choe
  kim gim
  no roh noh
  jung jong jeong chung chong
`);

/** Given and family names that so many people have that they tell little by themselves. */
export const COMMON_NAMES = wordSet(`
  muhammad ahmed ali hasan husayn abdallah ibrahim ismail yusuf omar mahmud said khalid mustafa khan shah singh kumar haji
  jose maria juan carlos luis garcia rodriguez martinez hernandez lopez gonzalez perez kim li wang zhang chen nguyen
  ivan vladimir sergei alexander john michael david james smith jan jean abd abu mir gul hamid rahman salih salah
`);

/** Words for numbers, so that "Brigade Forty-Four" is "Brigade 44" and "First Bank" is "1st Bank". */
export const NUMBER_WORDS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    first: 1,
    second: 2,
    third: 3,
    fourth: 4,
    fifth: 5,
    sixth: 6,
    seventh: 7,
    eighth: 8,
    ninth: 9,
    tenth: 10,
    one: 1,
    two: 2,
    three: 3,
    four: 4,
    five: 5,
    six: 6,
    seven: 7,
    eight: 8,
    nine: 9,
    ten: 10,
    eleven: 11,
    twelve: 12,
    thirteen: 13,
    fourteen: 14,
    fifteen: 15,
    sixteen: 16,
    seventeen: 17,
    eighteen: 18,
    nineteen: 19,
    twenty: 20,
    thirty: 30,
    forty: 40,
    fourty: 40,
    fifty: 50,
    sixty: 60,
    seventy: 70,
    eighty: 80,
    ninety: 90,
    hundred: 100,
  }),
);
