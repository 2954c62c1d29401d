// Malware and offensive tools as in MITRE ATT&CK version 18 (© The MITRE Corporation; used under the ATT&CK terms of
// use): id, name and other names, entries parted by `|`. Tools that every administrator has are left out.
// `?` before a name: it is a common word or name besides.
export const softwareTable = `
S0001 Trojan.Mebromi | S0002 Mimikatz | S0003 RIPTIDE | S0004 TinyZBot | S0007 ?Skeleton Key | S0009 Hikit | S0010 ?Lurid, Enfal
S0011 Taidoor | S0012 PoisonIvy, Poison Ivy, Darkmoon | S0013 PlugX, Thoper, DestroyRAT, Sogu, Kaba, Korplug | S0014 BS2005 | S0015 Ixeshe
S0016 P2P ZeuS, Peer-to-Peer ZeuS, Gameover ZeuS | S0017 ?BISCUIT | S0018 Sykipot | S0019 Regin | S0020 China Chopper | S0021 Derusbi, ?PHOTO
S0022 Uroburos, ?Snake | S0023 ?CHOPSTICK, X-Agent, XAgent, SPLM | S0024 Dyre, Dyzap, Dyreza | S0025 ?CALENDAR | S0026 GLOOXMAIL
S0027 Zeroaccess | S0028 SHIPSHAPE | S0030 ?Carbanak | S0031 ?BACKSPACE | S0032 gh0st RAT, Gh0st, Mydoor, Moudoor | S0033 NetTraveler
S0034 NETEAGLE | S0036 FLASHFLOOD | S0037 HAMMERTOSS, HammerDuke, NetDuke | S0038 Duqu | S0040 HTRAN, HUC Packet Transmit Tool
S0042 LOWBALL | S0043 BUBBLEWRAP | S0044 JHUHUGIT, Seduploader, JKEYSKW, ?Sednit, GAMEFISH, SofacyCarberp
S0045 ADVSTORESHELL, AZZY, EVILTOSS, Sedreco | S0046 CozyCar, Cozer, EuroAPT | S0048 PinchDuke | S0049 GeminiDuke
S0050 CosmicDuke, TinyBaron, BotgenStudios | S0051 MiniDuke | S0052 OnionDuke | S0053 SeaDuke, SeaDaddy, SeaDesk
S0054 CloudDuke, MiniDionis, CloudLook | S0055 RARSTONE | S0058 SslMM | S0060 Sys10 | S0061 HDoor, Custom HDoor | S0062 DustySky, NeD Worm
S0063 SHOTPUT, Backdoor.APT.CookieCutter | S0064 ?ELMER | S0065 4H RAT | S0066 3PARA RAT | S0067 pngdowner | S0069 BLACKCOFFEE
S0070 HTTPBrowser, HttpDump | S0071 hcdLoader | S0072 OwaAuth | S0073 ASPXSpy, ASPXTool | S0074 Sakula, Sakurel, ?VIPER | S0076 FakeM
S0077 CallMe | S0078 Psylo | S0079 MobileOrder | S0080 Mivast | S0081 ?Elise, BKDR_ESILE, ?Page | S0082 ?Emissary | S0083 Misdat
S0084 Mis-Type | S0085 S-Type | S0087 Hi-Zor | S0088 Kasidet | S0089 BlackEnergy, Black Energy | S0090 ?Rover
S0091 ?Epic, Tavdig, Wipbot, WorldCupSec, TadjMakhal | S0092 Agent.btz | S0093 Backdoor.Oldrea, Havex
S0094 Trojan.Karagany, Karagany, xFrost | S0107 Cherry Picker | S0109 WEBC2 | S0112 ROCKBOOT | S0113 Prikormka | S0114 BOOTRASH
S0115 Crimson RAT, MSIL/Crimson | S0117 XTunnel, X-Tunnel, XAPS | S0118 Nidiran, Backdoor.Nidiran | S0124 Pisloader
S0125 Remsec, Backdoor.Remsec | S0126 ComRAT | S0127 BBSRAT | S0128 BADNEWS | S0130 Unknown Logger | S0131 TINYTYPHON | S0132 H1N1 loader
S0133 Miner-C, Mal/Miner-C, PhotoMiner | S0134 Downdelph, Delphacy | S0135 HIDEDRV | S0136 USBStealer, Win32/USBStealer | S0137 CORESHELL
S0138 OLDBAIT, Sasfis | S0139 PowerDuke | S0140 Shamoon, Disttrack | S0141 Winnti for Windows, Winnti malware | S0142 StreamEx
S0143 Flamer, sKyWIper, ?Flame | S0144 ChChes, ?Scorpion, HAYMAKER | S0145 POWERSOURCE, DNSMessenger | S0146 TEXTMATE
S0147 Pteranodon, Pterodo | S0148 ?RTM, Redaman | S0149 MoonWind | S0150 POSHSPY | S0151 HALFBAKED | S0152 EvilGrab
S0153 RedLeaves, BUGJUICE | S0154 Cobalt Strike, CobaltStrike, Cobalt Strike Beacon | S0155 ?WINDSHIELD | S0156 KOMPROGO | S0157 SOUNDBITE | S0158 PHOREAL, Rizzo
S0159 SNUGRIDE | S0161 XAgentOSX, OSX.Sofacy | S0162 Komplex | S0163 Janicab | S0164 TDTESS | S0167 Matryoshka RAT
S0168 ?Gazer, ?WhiteBear | S0169 RawPOS, FIENDCRY, DUEBREW, DRIFTWOOD | S0170 ?Helminth | S0171 Felismus | S0172 ?Reaver | S0173 FLIPSIDE
S0176 Wingbird | S0177 Power Loader, Win32/Agent.UAW | S0178 Truvasys | S0179 MimiPenguin | S0180 Volgmer | S0181 FALLCHILL
S0182 FinFisher, FinSpy | S0184 POWRUNER | S0185 SEASHARPEE | S0186 DownPaper | S0187 Daserf, Muirim, Nioupale | S0188 Starloader
S0189 ISMInjector | S0192 Pupy | S0194 PowerSploit | S0196 PUNCHBUGGY, ShellTea | S0197 PUNCHTRACK, PSVC | S0198 NETWIRE, NetWire RAT
S0199 TURNEDUP | S0200 Dipsind | S0201 JPIN | S0202 adbupd | S0203 Hydraq, Roarur, MdmBot, ?Aurora | S0204 Briba | S0205 Naid | S0206 Wiarp
S0207 Vasport | S0208 Pasam | S0210 Nerex | S0211 Linfo | S0212 CORALDECK | S0213 DOGCALL | S0214 HAPPYWORK | S0215 KARAE | S0216 POORAIM
S0217 SHUTTERSPEED | S0218 SLOWDRIFT | S0219 WINERACK | S0221 Umbreon | S0222 CCBkdr | S0223 POWERSTATS, Powermud
S0226 Smoke Loader, SmokeLoader, Dofoil | S0228 NanHaiShu | S0229 ?Orz, AIRBREAK | S0230 ZeroT | S0232 HOMEFRY | S0233 MURKYTOP
S0234 Bandook | S0235 CrossRAT | S0236 Kwampirs | S0237 GravityRAT | S0238 Proxysvc | S0239 Bankshot, Trojan Manuscript | S0240 ROKRAT
S0241 RATANKBA | S0242 SynAck | S0243 DealersChoice | S0244 Comnie | S0245 BADCALL | S0246 HARDRAIN | S0247 NavRAT | S0249 Gold Dragon
S0250 Koadic | S0251 Zebrocy, Zekapab | S0252 Brave Prince | S0253 RunningRAT | S0254 PLAINTEE | S0255 DDKONG | S0256 ?Mosquito
S0257 ?VERMIN | S0258 RGDoor | S0259 InnaputRAT | S0260 InvisiMole | S0261 Catchamas | S0262 QuasarRAT, Quasar RAT, xRAT | S0263 TYPEFRAME
S0264 OopsIE | S0265 Kazuar | S0266 TrickBot, Totbrick, TSPY_TRICKLOAD | S0267 FELIXROOT, GreyEnergy mini | S0268 Bisonal | S0269 QUADAGENT
S0270 RogueRobin | S0271 KEYMARBLE | S0272 NDiskMonitor | S0273 Socksbot | S0274 ?Calisto | S0275 UPPERCUT, ANEL
S0276 Keydnap, OSX/Keydnap | S0277 ?FruitFly | S0278 iKitten | S0279 ?Proton | S0280 MirageFox | S0281 OSX/Dok, Retefe | S0282 MacSpy
S0283 jRAT, jFrutas, jBiFrost, jSocket, AlienSpy, Frutas, Sockrat, Unrecom, Adwind | S0284 More_eggs, ?SKID, Terra Loader, SpicyOmelette
S0330 Zeus Panda | S0331 Agent Tesla, AgentTesla | S0332 Remcos, Remcos RAT | S0333 UBoatRAT
S0334 DarkComet, DarkKomet, Fynloski, Krademok, FYNLOS | S0335 ?Carbon | S0336 NanoCore, NanoCore RAT | S0337 BadPatch | S0338 Cobian RAT
S0339 Micropsia | S0340 ?Octopus | S0341 Xbash | S0342 GreyEnergy | S0343 Exaramel | S0344 Azorult, AZORult | S0345 Seasalt
S0346 OceanSalt | S0347 AuditCred, Roptimizer | S0348 Cardinal RAT | S0349 LaZagne | S0350 zwShell | S0351 ?Cannon | S0352 OSX_OCEANLOTUS.D
S0353 NOKKI | S0354 ?Denis | S0355 Final1stspy | S0356 KONNI, Konni RAT | S0357 Impacket | S0360 BONDUPDATER, ?Glimpse, Poison Frog
S0362 Linux Rabbit | S0363 PowerShell Empire, EmPyre | S0365 Olympic Destroyer | S0366 WannaCry, WanaCry, WanaCrypt, WanaCrypt0r, WCry
S0367 Emotet, Geodo, Heodo | S0368 NotPetya, ExPetr, Diskcoder.C, ?GoldenEye, Petrwrap, Nyetya | S0369 CoinTicker | S0370 SamSam, Samas
S0371 POWERTON | S0372 LockerGoga | S0373 Astaroth, Guildma | S0374 SpeakUp | S0375 Remexi | S0376 HOPLIGHT | S0377 Ebury | S0378 PoshC2
S0379 Revenge RAT | S0380 StoneDrill, DROPSHOT | S0381 FlawedAmmyy | S0382 ServHelper | S0383 FlawedGrace | S0384 Dridex, Bugat v5, Bugat
S0385 njRAT, Njw0rm, ?LV, Bladabindi | S0386 Ursnif, Gozi-ISFB, PE_URSNIF, Dreambot, Gozi, ISFB | S0387 KeyBoy | S0388 YAHOYAH | S0389 JCry
S0390 SQLRat | S0391 HAWKBALL | S0393 PowerStallion | S0394 HiddenWasp | S0395 LightNeuron | S0396 EvilBunny | S0397 LoJax | S0398 HyperBro
S0400 RobbinHood | S0402 OSX/Shlayer, Shlayer, Zshlayer | S0409 ?Machete, Pyark | S0410 Fysbis | S0412 ZxShell, Sensocode | S0414 BabyShark
S0415 BOOSTWRITE | S0416 RDFSNIFFER | S0417 ?GRIFFON | S0428 PoetRAT | S0430 Winnti for Linux | S0431 HotCroissant | S0433 Rifdoor
S0434 Imminent Monitor | S0435 ?PLEAD | S0436 TSCookie | S0437 Kivars | S0438 Attor | S0439 Okrum | S0441 PowerShower | S0442 VBShower
S0443 MESSAGETAP | S0444 ShimRat | S0446 Ryuk | S0447 Lokibot, Loki Bot | S0448 ?Rising Sun | S0449 ?Maze | S0450 SHARPSTATS
S0451 LoudMiner | S0452 USBferry | S0453 Pony, Fareit, ?Pony Loader | S0454 Cadelspy | S0455 Metamorfo, Casbaneiro | S0456 Aria-body
S0457 Netwalker | S0458 ?Ramsay | S0459 MechaFlounder | S0460 Get2 | S0461 SDBbot | S0462 CARROTBAT | S0464 SYSCON | S0465 CARROTBALL
S0466 WindTail | S0467 ?TajMahal | S0468 Skidmap | S0475 BackConfig | S0476 Valak | S0477 Goopy | S0481 Ragnar Locker, RagnarLocker
S0482 Bundlore, OSX.Bundlore | S0483 IcedID, BokBot | S0484 Carberp | S0486 Bonadan | S0491 StrongPity | S0492 CookieMiner | S0493 GoldenSpy
S0495 RDAT | S0496 REvil, Sodin, Sodinokibi | S0497 Dacls | S0498 Cryptoistic | S0499 Hancitor, Chanitor | S0501 PipeMon | S0502 Drovorub
S0503 FrameworkPOS, ?Trinity | S0504 Anchor_DNS, ?Anchor | S0511 RegDuke | S0512 FatDuke | S0513 LiteDuke | S0514 WellMess | S0515 WellMail
S0516 SoreFang | S0517 Pillowmint | S0518 PolyglotDuke | S0519 SYNful Knock | S0520 BLINDINGCAN | S0526 KGH_SPY | S0527 CSPY Downloader
S0528 Javali | S0530 Melcoz | S0531 Grandoreiro | S0532 ?Lucifer | S0533 SLOTHFULMEDIA, JackOfHearts, QueenOfClubs
S0534 BazarLoader, BazarBackdoor, BazarCall, KEGTAP, Team9 | S0537 HyperStack | S0538 ?Crutch | S0543 ?Spark | S0546 SharpStage
S0547 DropBook | S0553 MoleNet | S0554 Egregor | S0556 Pay2Key | S0559 SUNBURST, Solorigate | S0560 TEARDROP | S0561 GuLoader, CloudEyE
S0562 SUNSPOT | S0564 BlackMould | S0565 ?Raindrop | S0567 Dtrack | S0568 ?EVILNUM | S0569 ?Explosive | S0570 BitPaymer, wp_encrypt, FriedEx
S0574 BendyBear | S0575 ?Conti | S0576 MegaCortex | S0578 SUPERNOVA | S0579 Waterbear | S0581 IronNetInjector | S0582 ?LookBack
S0583 Pysa, Mespinoza | S0584 AppleJeus | S0585 Kerrdown | S0586 TAINTEDSCRIBE | S0587 Penquin, Penquin_x64 | S0588 GoldMax, SUNSHUTTLE
S0589 Sibot | S0593 ECCENTRICBANDWAGON | S0595 ThiefQuest, EvilQuest | S0596 ShadowPad, POISONPLUG | S0597 ?GoldFinder
S0598 P.A.S. Webshell, Fobushell | S0599 Kinsing | S0600 ?Doki | S0601 ?Hildegard | S0603 Stuxnet, W32.Stuxnet
S0604 Industroyer, CRASHOVERRIDE, Win32/Industroyer | S0605 EKANS, SNAKEHOSE | S0606 Bad Rabbit, BadRabbit | S0607 KillDisk
S0608 Conficker, Kido, Downadup | S0610 SideTwist | S0611 Clop, Cl0p | S0612 WastedLocker | S0614 CostaBricks | S0615 SombRAT
S0616 DEATHRANSOM | S0617 HELLOKITTY, ?HelloKitty | S0618 FIVEHANDS | S0622 AppleSeed | S0623 Siloscape
S0624 Ecipekac, HEAVYHAND, SigLoader, DESLoader | S0625 ?Cuba | S0626 P8RAT, GreetCake | S0627 SodaMaster, DARKTOWN, dfls, DelfsCake
S0628 FYAnti | S0629 RainyDay | S0630 ?Nebulae | S0631 Chaes | S0632 GrimAgent | S0633 ?Sliver | S0634 EnvyScout | S0635 ?BoomBox
S0636 VaporRage | S0637 NativeZone | S0638 Babuk, Babyk, Vasa Locker | S0639 Seth-Locker | S0640 Avaddon | S0641 Kobalos | S0642 BADFLICK
S0643 ?Peppy | S0644 ObliqueRAT | S0647 Turian | S0648 JSS Loader | S0649 SMOKEDHAM | S0650 QakBot, Pinkslipbot, QuackBot, QBot, Qbot
S0651 BoxCaon | S0652 MarkiRAT | S0653 xCaon | S0654 ProLock | S0657 BLUELIGHT | S0658 XCSSET, OSX.DubRobber | S0659 Diavol
S0660 Clambling | S0661 FoggyWeb | S0662 RCSession | S0663 SysUpdate, HyperSSL, ?Soldier, FOCUSFJORD | S0665 ThreatNeedle
S0666 Gelsemium, Gelsevirine, Gelsenicine, Gelsemine | S0667 Chrommme | S0668 TinyTurla | S0669 KOCTOPUS
S0670 WarzoneRAT, Warzone RAT, Warzone, Ave Maria | S0671 Tomiris | S0672 Zox, Gresim | S0673 DarkWatchman | S0674 CharmPower
S0678 Torisma | S0680 LitePower | S0681 Lizar, Tirion | S0682 ?TrailBlazer | S0685 PowerPunch | S0686 QuietSieve | S0687 Cyclops Blink
S0688 ?Meteor | S0689 WhisperGate | S0690 Green Lambert | S0691 Neoichor | S0692 SILENTTRINITY | S0693 CaddyWiper | S0694 DRATzarus
S0696 Flagpro | S0697 HermeticWiper, Trojan.Killdisk, DriveSlayer | S0698 HermeticWizard | S0699 ?Mythic | S1009 TRITON, TRISIS, HatMan
S1010 VPNFilter | S1006 PLC-Blaster | S1000 ACAD/Medre.A | S1011 Tarrask | S1012 ?PowerLess | S1013 ZxxZ | S1014 DanBot | S1015 ?Milan
S1016 MacMa, OSX.CDDS, DazzleSpy | S1017 OutSteel | S1018 Saint Bot | S1019 ?Shark | S1020 ?Kevin | S1021 DnsSystem | S1022 IceApple
S1023 CreepyDrive | S1024 CreepySnail | S1025 Amadey | S1026 Mongall | S1027 Heyoka Backdoor | S1028 Action RAT | S1029 AuTo Stealer
S1030 Squirrelwaffle | S1031 PingPull | S1032 PyDCrypt | S1033 DCSrv | S1034 StrifeWater | S1035 Small Sieve, GRAMDOOR
S1037 STARWHALE, ?CANOPY | S1039 ?Bumblebee, Bumblebee loader | S1041 Chinoxy | S1042 SUGARDUMP | S1044 FunnyDream
S1045 INCONTROLLER, PIPEDREAM | S1046 PowGoop | S1047 ?Mori | S1048 macOS.OSAMiner, OSAMiner | S1049 SUGARUSH | S1050 PcShare
S1051 KEYPLUG, KEYPLUG.LINUX | S1052 DEADEYE | S1053 AvosLocker | S1058 ?Prestige | S1059 metaMain | S1060 ?Mafalda
S1063 Brute Ratel C4, Brute Ratel, BRc4 | S1064 SVCReady | S1065 Woody RAT | S1066 DarkTortilla | S1068 BlackCat, ALPHV, Noberus
S1070 Black Basta | S1072 Industroyer2 | S1073 ?Royal | S1074 ?ANDROMEDA, Gamarue | S1075 KOPILUWAK | S1076 QUIETCANARY, Tunnus | S1078 RotaJakiro
S1081 BADHATCH | S1084 QUIETEXIT | S1085 ?Sardonic | S1086 Snip3 | S1087 AsyncRAT | S1088 ?Disco | S1089 SharpDisco | S1090 ?NightClub
S1096 Cheerscrypt | S1097 HUI Loader | S1099 ?Samurai | S1100 ?Ninja | S1101 LoFiSe | S1102 Pcexter | S1104 SLOWPULSE | S1105 COATHANGER
S1106 NGLite | S1107 NKAbuse | S1108 PULSECHECK | S1109 ?PACEMAKER | S1110 SLIGHTPULSE | S1111 DarkGate | S1112 STEADYPULSE
S1113 RAPIDPULSE | S1114 ?ZIPLINE | S1115 WIREFIRE, GIFTEDVISITOR | S1116 WARPWIRE | S1117 GLASSTOKEN | S1118 BUSHWALK | S1119 LIGHTWIRE
S1120 FRAMESTING | S1121 LITTLELAMB.WOOLTEA | S1122 Mispadu | S1123 ?PITSTOP | S1124 SocGholish, FakeUpdates | S1125 AcidRain | S1129 ?Akira
S1130 Raspberry Robin | S1132 IPsec Helper | S1133 ?Apostle | S1134 ?DEADWOOD | S1135 MultiLayer Wiper | S1136 BFG Agonizer
S1137 Moneybird | S1138 Gootloader | S1139 INC Ransomware | S1140 ?Spica | S1141 LunarWeb | S1142 LunarMail | S1143 LunarLoader
S1145 Pikabot | S1146 MgBot | S1147 Nightdoor, NetMM, Suzafk | S1148 Raccoon Stealer, RecordBreaker, ?Raccoon | S1149 CHIMNEYSWEEP | S1150 ROADSWEEP
S1151 ZeroCleare, ZEROCLEAR | S1152 IMAPLoader | S1153 Cuckoo Stealer | S1154 VersaMem | S1155 ?Covenant | S1156 Manjusaka | S1157 Fuxnet
S1158 DUSTPAN | S1159 DUSTTRAP | S1160 Latrodectus, IceNova, Unidentified 111 | S1161 BPFDoor, ?JustForFun | S1162 Playcrypt, ?Play
S1163 SnappyTCP | S1164 UPSTYLE | S1165 FrostyGoop, BUSTLEBERM | S1167 AcidPour | S1168 SampleCheck5000, SC5k | S1170 ODAgent
S1171 OilCheck | S1172 OilBooster | S1173 PowerExchange | S1178 ShrinkLocker | S1179 Exbyte | S1180 BlackByte Ransomware | S1182 MagicRAT
S1183 StrelaStealer, Strela Stealer | S1184 BOLDMOVE | S1185 LightSpy | S1186 Line Dancer | S1188 Line Runner | S1187 reGeorg
S1189 Neo-reGeorg | S1190 Kapeka | S1191 ?Megazord | S1192 NICECURL | S1193 TAMECAT | S1194 Akira_v2 | S1196 Troll Stealer | S1197 ?GoBear
S1198 Gomir | S1199 LockBit 2.0 | S1200 StealBit | S1201 TRANSLATEXT | S1202 LockBit 3.0, LockBit Black | S1203 J-magic
S1204 cd00r | S1206 JumbledPath | S1207 XLoader, Formbook | S1210 Sagerunex | S1211 Hannotog | S1212 RansomHub
S1213 Lumma Stealer, LummaC2, LummaStealer, Lumma | S1217 VIRTUALPITA | S1218 VIRTUALPIE | S1219 ?REPTILE | S1221 MOPSLED
S1222 RIFLESPINE | S1223 THINCRUST | S1224 CASTLETAP | S1226 ?BOOKWORM | S1227 StarProxy | S1228 PUBLOAD | S1229 Havoc C2, ?Havoc
S1230 HIUPAN | S1233 PAKLOG | S1234 SplatCloak | S1235 CorKLOG | S1236 CLAIMLOADER | S1237 CANONSTAGER | S1238 STATICPLUGIN
S1239 TONESHELL | S1240 RedLine Stealer, ?RedLine | S1242 Qilin, ?Agenda | S1244 Medusa Ransomware, ?Medusa | S1245 InvisibleFerret
S1246 BeaverTail | S1247 ?Embargo | S1248 XORIndex Loader | S1249 HexEval Loader | S0289 Pegasus for iOS, ?Pegasus | S0405 ?Exodus
S0407 Monokle | S0411 Rotexy | S0418 ViceLeaker | S0422 ?Anubis | S0423 Ginp | S0424 Triada | S0440 ?Agent Smith | S0478 EventBot
S0480 ?Cerberus | S0485 ?Mandrake | S0489 WolfRAT | S0509 FakeSpy | S0522 Exobot | S0536 GPlayed | S0545 ?TERRACOTTA | S1055 SharkBot
S1061 AbstractEmu | S1062 S.O.V.A. | S1067 FluBot, Cabassous | S1069 TangleBot | S1077 ?Hornbill | S1079 BOULDSPY | S1080 Fakecalls
S1082 ?Sunbird | S1083 ?Chameleon | S1092 ?Escobar | S1093 ?FlyTrap | S1094 BRATA | S1095 AhRat | S1126 Phenakite | S1225 CherryBlos
S1231 ?GodFather
`;
