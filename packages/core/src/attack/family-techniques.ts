import { compactName } from "./catalogue";
import { currentCatalogue } from "./current";

// What a malware family is for, as the pages of ATT&CK's software catalogue describe it: its marking techniques alone.
// Names (without case, spaces and signs), then techniques.
const table = `
cobaltstrike,beacon T1071.001 T1055 T1059.001
sliver T1071.001 T1071.004 T1573.002
bruteratel,bruteratelc4,brc4 T1071.001 T1055
havoc,mythic,merlin,poshc2,covenant,villain,nimplant T1071.001
empire,powershellempire T1059.001 T1071.001
metasploit,meterpreter T1055 T1105
mimikatz T1003.001 T1550.002
dnscat2,dnscat T1071.004
iodine,chisel,ligolo,ligolong,ngrok T1572
emotet,heodo,geodo T1566.001 T1071.001 T1105
qakbot,qbot,pinkslipbot,quakbot T1566.001 T1055 T1071.001
icedid,bokbot T1566.001 T1071.001 T1218.011
trickbot,trickster T1566.001 T1185 T1071.001
bazarloader,bazarbackdoor,bazar T1566.002 T1055.012 T1071.001
dridex,bugat,cridex T1204.002 T1185 T1071.001
bumblebee T1566.002 T1055 T1071.001
pikabot T1055 T1071.001
latrodectus,unidentified111latrodectus T1059.007 T1218.011 T1071.001
darkgate T1056.001 T1059.010 T1055.012
hancitor,chanitor T1566.002 T1105
gootloader,gootkit T1059.007 T1608.006
socgholish,fakeupdates T1189 T1059.007
clearfake,clickfix T1204.004
raspberryrobin T1091 T1218.007
smokeloader,smoke,dofoil T1055 T1105 T1071.001
amadey T1071.001 T1105
guloader,cloudeye T1055 T1497 T1105
hijackloader,idatloader T1055 T1105
privateloader,matanbuchus,donutloader,dbatloader,modiloader T1105
ursnif,gozi,isfb T1055 T1185 T1071.001
zloader,terdot,silentnight T1055 T1185 T1568.002
zeus,zbot,zeuspanda,citadel,gameover,gameoverzeus T1185 T1056.004
danabot T1185 T1555.003
ramnit T1055 T1185
agenttesla T1056.001 T1555.003 T1113
snakekeylogger,404keylogger,vipkeylogger,masslogger,hawkeye,hawkeyekeylogger T1056.001 T1555.003 T1113
formbook,xloader T1056.001 T1555.003 T1113
lokibot,lokipws,lokipasswordstealerpws T1555.003 T1056.001 T1071.001
redline T1555.003 T1539
raccoon,recordbreaker T1555.003 T1539 T1071.001
vidar T1555.003 T1539 T1102.001
lumma,lummac2,lummac T1555.003 T1539 T1071.001
stealc T1555.003 T1539 T1071.001
rhadamanthys T1555.003 T1055
azorult T1555.003 T1539 T1071.001
meduza,risepro,metastealer,phemedrone,whitesnake,acreed T1555.003 T1539
atomicstealer,amos,atomicmacos,amosstealer T1555.001 T1555.003 T1059.002
pony,fareit T1555.003
predatorthethief,marsstealer T1555.003 T1539
asyncrat T1056.001 T1113 T1573
dcrat,darkcrystal T1056.001 T1113
remcos,remcosrat T1056.001 T1113 T1123
njrat,bladabindi T1056.001 T1113 T1125
nanocore T1056.001 T1123 T1125
quasar,quasarrat T1056.001 T1555.003 T1573.001
xworm T1056.001 T1113
venomrat,venom,orcus,orcusrat T1056.001 T1125
darkcomet T1056.001 T1123 T1125
netwire T1056.001 T1113 T1555.003
warzone,warzonerat,avemaria,avemariarat T1056.001 T1548.002 T1555.003
poisonivy,pivy T1056.001 T1055.001
gh0strat,gh0st,ghostrat T1056.001 T1113 T1573
valleyrat,winos T1056.001 T1055
plugx,korplug T1574.001 T1056.001 T1071
shadowpad T1055.001 T1568.002 T1071
netsupport,netsupportmanager,netsupportrat,anydesk,screenconnect,connectwise,atera,splashtop,meshagent T1219.002
systembc T1090
mirai T1110.001 T1498
gafgyt,bashlite,qbotlinux,mozi,hajime T1110.001 T1498
xorddos T1498 T1014
kinsing T1496.001 T1609
xmrig,coinminer,monerominer T1496.001
conficker,kido,downadup T1210 T1091 T1568.002
chinachopper,godzilla,behinder T1505.003
evilginx,evilginx2,evilproxy,tycoon,tycoon2fa,mamba2fa,sneaky2fa T1557 T1539
gophish T1566
wannacry,wannacryptor,wcry T1486 T1490 T1210
notpetya,nyetya,expetr T1486 T1210 T1003.001
lockbit T1486 T1490 T1489
blackcat,alphv T1486 T1490 T1489
conti T1486 T1490 T1489
ryuk T1486 T1490 T1489
revil,sodinokibi,sodin T1486 T1490 T1489
clop,cl0p T1486 T1490 T1489
babuk,maze,netwalker,avaddon,hive,ragnarlocker T1486 T1490 T1489
royal,blacksuit,blackbasta,akira,medusa,play,phobos,8base,dharma,crysis,rhysida,qilin,agenda,ransomhub,dragonforce T1486 T1490
djvu,stop,stopdjvu,interlock,bianlian,inc,hunters,huntersinternational,cactus,snatch,darkside,blackmatter,makop T1486
`;

const byName = new Map(
  table
    .trim()
    .split("\n")
    .flatMap((line) => {
      const [names = "", ...techniques] = line.split(" ");
      return names.split(",").map((name) => [name, techniques as readonly string[]] as const);
    }),
);
const none: readonly string[] = [];

// Malpedia's platforms, and what vendors add to a name.
const platform = /^(?:win|elf|apk|osx|js|ps1|py|vbs|php|asp|jar|ios|sh|aix)\./;
const additions = /(?:stealer|ransomware|backdoor|botnet|malware|trojan|c2|(?<![0-9])[0-9]+)$/;

/**
 * Technique ids that mark a malware family, by any of its common names: those chosen by hand, else those that ATT&CK gives
 * its software; none for a family that neither knows.
 */
export function techniquesOfFamily(family: string): readonly string[] {
  const stored = currentCatalogue().familyTechniques;
  const name = compactName(family.toLowerCase().replace(platform, ""));
  const plain = name.replace(additions, "");
  return byName.get(name) ?? stored.get(name) ?? byName.get(plain) ?? stored.get(plain) ?? none;
}
