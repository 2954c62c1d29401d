import { shippedList } from "./shipped-list";

// Sites that everybody visits, by their roots: what lies below them, or a single page of them, can be as bad as any.
export const topDomains = shippedList({
  id: "top-domains",
  name: "Most visited domains",
  kind: "string",
  means: "one of the most visited sites, with countless innocent users; act on a full URL, never on the host",
  entries: `
    google.com docs.google.com drive.google.com mail.google.com accounts.google.com maps.google.com play.google.com
    sites.google.com forms.gle googleapis.com storage.googleapis.com gstatic.com googleusercontent.com ggpht.com
    googlevideo.com googletagmanager.com google-analytics.com googleadservices.com googlesyndication.com doubleclick.net
    youtube.com ytimg.com gmail.com google.de google.fr google.co.uk google.es google.it google.pl google.nl google.ca
    google.com.br google.co.jp google.co.in google.com.au google.com.mx google.com.tr google.ru google.com.hk blogger.com
    blogspot.com android.com chrome.com withgoogle.com appspot.com firebaseapp.com firebaseio.com web.app gvt1.com
    app-measurement.com crashlytics.com recaptcha.net waze.com
    microsoft.com login.microsoftonline.com microsoftonline.com live.com login.live.com outlook.com outlook.live.com
    outlook.office365.com office.com office365.com office.net onedrive.live.com onedrive.com 1drv.ms sharepoint.com skype.com
    teams.microsoft.com msn.com bing.com windows.com windows.net azure.com azureedge.net azurewebsites.net
    blob.core.windows.net azurefd.net trafficmanager.net msedge.net msauth.net msftauth.net live.net xbox.com xboxlive.com
    visualstudio.com vscode.dev nuget.org hotmail.com github.com raw.githubusercontent.com githubusercontent.com
    gist.github.com github.io githubassets.com objects.githubusercontent.com codeload.github.com npmjs.com registry.npmjs.org
    npmjs.org linkedin.com licdn.com learn.microsoft.com docs.microsoft.com aka.ms
    apple.com icloud.com itunes.apple.com apps.apple.com mzstatic.com aaplimg.com cdn-apple.com me.com appleid.apple.com
    facebook.com fbcdn.net fb.com messenger.com m.facebook.com l.facebook.com instagram.com cdninstagram.com whatsapp.com
    whatsapp.net web.whatsapp.com wa.me threads.net meta.com oculus.com facebook.net
    amazon.com amazonaws.com s3.amazonaws.com aws.amazon.com cloudfront.net media-amazon.com ssl-images-amazon.com
    amazon.co.uk amazon.de amazon.fr amazon.it amazon.es amazon.co.jp amazon.ca amazon.in amazon.com.br amazon.com.mx
    amazon.com.au primevideo.com twitch.tv imdb.com audible.com goodreads.com amazontrust.com awsstatic.com amazon-adsystem.com
    twitter.com x.com twimg.com pbs.twimg.com api.twitter.com reddit.com redd.it redditmedia.com redditstatic.com
    wikipedia.org en.wikipedia.org de.wikipedia.org wikimedia.org wiktionary.org wikidata.org mediawiki.org
    yahoo.com mail.yahoo.com yahoo.co.jp yimg.com aol.com flickr.com tumblr.com
    netflix.com nflxvideo.net nflximg.net nflxext.com spotify.com scdn.co soundcloud.com vimeo.com dailymotion.com hulu.com
    disneyplus.com disney.com hbomax.com max.com paramountplus.com peacocktv.com roku.com plex.tv
    tiktok.com tiktokcdn.com tiktokv.com byteoversea.com bytedance.com snapchat.com sc-cdn.net pinterest.com pinimg.com
    discord.com discord.gg discordapp.com cdn.discordapp.com discordapp.net media.discordapp.net
    telegram.org t.me web.telegram.org api.telegram.org telegram.me signal.org viber.com line.me wechat.com
    zoom.us zoom.com webex.com slack.com gotomeeting.com goto.com teamviewer.com anydesk.com logmein.com
    dropbox.com www.dropbox.com dropboxusercontent.com dl.dropboxusercontent.com box.com mega.nz mega.io mediafire.com wetransfer.com
    we.tl pcloud.com 4shared.com sendspace.com filezilla-project.org transfer.sh file.io gofile.io catbox.moe
    files.catbox.moe pixeldrain.com
    pastebin.com paste.ee hastebin.com rentry.co rentry.org justpaste.it controlc.com dpaste.org telegra.ph
    gitlab.com bitbucket.org sourceforge.net codeberg.org gitee.com stackoverflow.com stackexchange.com superuser.com
    serverfault.com pypi.org files.pythonhosted.org rubygems.org crates.io packagist.org maven.org repo1.maven.org
    docker.com hub.docker.com docker.io registry-1.docker.io quay.io kubernetes.io golang.org go.dev python.org php.net nodejs.org
    java.com oracle.com mysql.com postgresql.org mongodb.com redis.io elastic.co apache.org nginx.org nginx.com debian.org
    ubuntu.com canonical.com redhat.com fedoraproject.org centos.org opensuse.org suse.com archlinux.org kernel.org gnu.org
    linux.org freebsd.org openbsd.org mozilla.org firefox.com mozilla.net opera.com brave.com vivaldi.com torproject.org
    cloudflare.com cloudflare-dns.com cdnjs.cloudflare.com workers.dev pages.dev r2.dev trycloudflare.com cloudflareinsights.com
    akamai.com akamai.net akamaiedge.net akamaihd.net akamaized.net akadns.net edgekey.net edgesuite.net fastly.com fastly.net
    fastlylb.net jsdelivr.net cdn.jsdelivr.net unpkg.com bootstrapcdn.com jquery.com code.jquery.com fontawesome.com
    typekit.net cdn77.org stackpathcdn.com b-cdn.net keycdn.com edgecastcdn.net llnwd.net
    digitalocean.com digitaloceanspaces.com linode.com vultr.com hetzner.com hetzner.de ovh.com ovh.net ovhcloud.com
    godaddy.com namecheap.com name.com gandi.net ionos.com ionos.de 1and1.com strato.de bluehost.com hostgator.com
    hostinger.com dreamhost.com siteground.com rackspace.com leaseweb.com contabo.com heroku.com herokuapp.com netlify.com
    netlify.app vercel.com vercel.app render.com onrender.com glitch.me glitch.com replit.com repl.co surge.sh fly.dev
    ngrok.com ngrok.io ngrok-free.app weebly.com wix.com wixsite.com wixstatic.com squarespace.com webflow.io webflow.com
    wordpress.com wordpress.org wp.com gravatar.com automattic.com medium.com substack.com ghost.org shopify.com
    myshopify.com shopifycdn.com bigcommerce.com jimdo.com strikingly.com godaddysites.com carrd.co blogspot.de notion.so
    notion.site airtable.com canva.com figma.com miro.com trello.com atlassian.com atlassian.net jira.com asana.com monday.com
    evernote.com typeform.com jotform.com surveymonkey.com google.org mailchimp.com sendgrid.net sendgrid.com mailgun.org
    constantcontact.com hubspot.com salesforce.com force.com zendesk.com freshdesk.com intercom.io
    intercom.com servicenow.com service-now.com workday.com myworkday.com okta.com onelogin.com duosecurity.com auth0.com
    docusign.com docusign.net adobe.com adobe.io adobelogin.com acrobat.com behance.net sap.com ibm.com intel.com amd.com nvidia.com
    dell.com hp.com hpe.com lenovo.com asus.com acer.com samsung.com sony.com lg.com huawei.com xiaomi.com mi.com oppo.com vivo.com
    cisco.com vmware.com broadcom.com citrix.com fortinet.com paloaltonetworks.com checkpoint.com sophos.com juniper.net f5.com
    zscaler.com symantec.com norton.com mcafee.com trellix.com trendmicro.com kaspersky.com eset.com bitdefender.com avast.com
    avg.com avira.com malwarebytes.com f-secure.com withsecure.com crowdstrike.com sentinelone.com mandiant.com rapid7.com
    tenable.com qualys.com splunk.com securityweek.com bleepingcomputer.com thehackernews.com krebsonsecurity.com darkreading.com
    virustotal.com hybrid-analysis.com any.run joesandbox.com urlscan.io shodan.io censys.io abuse.ch abuseipdb.com otx.alienvault.com
    spamhaus.org talosintelligence.com phishtank.com openphish.com mitre.org attack.mitre.org cve.org nist.gov nvd.nist.gov
    cisa.gov us-cert.gov first.org owasp.org sans.org isc.sans.edu exploit-db.com packetstormsecurity.com
    ebay.com ebay.co.uk ebay.de ebaystatic.com aliexpress.com alibaba.com alicdn.com aliyun.com aliyuncs.com taobao.com tmall.com
    jd.com pinduoduo.com temu.com shein.com walmart.com target.com bestbuy.com costco.com homedepot.com lowes.com etsy.com
    wayfair.com ikea.com zalando.com zalando.de otto.de mercadolibre.com mercadolivre.com.br flipkart.com rakuten.co.jp
    rakuten.com shopee.com lazada.com booking.com airbnb.com expedia.com tripadvisor.com hotels.com agoda.com trivago.com
    uber.com lyft.com doordash.com grubhub.com delta.com united.com aa.com southwest.com lufthansa.com ryanair.com emirates.com
    fedex.com ups.com dhl.com dhl.de usps.com royalmail.com dpd.com gls-group.eu hermesworld.com laposte.fr deutschepost.de
    paypal.com paypalobjects.com stripe.com square.com squareup.com venmo.com cash.app wise.com revolut.com klarna.com
    visa.com mastercard.com americanexpress.com discover.com chase.com bankofamerica.com wellsfargo.com citi.com citibank.com
    capitalone.com usbank.com pnc.com hsbc.com barclays.co.uk lloydsbank.com natwest.com santander.com bbva.com ing.com
    deutsche-bank.de commerzbank.de sparkasse.de bnpparibas.com creditagricole.fr societegenerale.com ubs.com credit-suisse.com
    fidelity.com schwab.com vanguard.com robinhood.com coinbase.com binance.com kraken.com crypto.com blockchain.com etherscan.io
    metamask.io ledger.com trezor.io bitcoin.org ethereum.org coinmarketcap.com coingecko.com tradingview.com investing.com
    cnn.com bbc.com bbc.co.uk nytimes.com washingtonpost.com theguardian.com reuters.com apnews.com bloomberg.com wsj.com ft.com
    forbes.com cnbc.com foxnews.com nbcnews.com cbsnews.com abcnews.go.com usatoday.com latimes.com huffpost.com npr.org
    time.com economist.com businessinsider.com independent.co.uk telegraph.co.uk dailymail.co.uk mirror.co.uk spiegel.de
    bild.de zeit.de faz.net sueddeutsche.de welt.de heise.de golem.de t-online.de web.de gmx.net gmx.de freenet.de lemonde.fr
    lefigaro.fr liberation.fr elpais.com elmundo.es marca.com corriere.it repubblica.it nos.nl nu.nl aftonbladet.se vg.no dr.dk
    yle.fi onet.pl wp.pl interia.pl allegro.pl seznam.cz idnes.cz index.hu globo.com uol.com.br folha.uol.com.br clarin.com
    infobae.com indiatimes.com ndtv.com hindustantimes.com asahi.com nikkei.com nhk.or.jp naver.com daum.net kakao.com
    theverge.com techcrunch.com wired.com arstechnica.com zdnet.com cnet.com engadget.com gizmodo.com mashable.com
    tomshardware.com pcmag.com howtogeek.com slashdot.org ycombinator.com news.ycombinator.com producthunt.com
    baidu.com qq.com weixin.qq.com weibo.com sina.com.cn sohu.com 163.com 126.com bilibili.com zhihu.com douban.com youku.com iqiyi.com
    tencent.com qcloud.com myqcloud.com csdn.net 360.cn so.com sogou.com toutiao.com douyin.com kuaishou.com xiaohongshu.com
    cnki.net gov.cn people.com.cn xinhuanet.com huaweicloud.com
    yandex.ru yandex.com yandex.net ya.ru disk.yandex.ru mail.ru vk.com vk.me ok.ru rambler.ru lenta.ru ria.ru rbc.ru avito.ru
    ozon.ru wildberries.ru sberbank.ru gosuslugi.ru dzen.ru rutube.ru kinopoisk.ru livejournal.com habr.com
    steampowered.com steamcommunity.com store.steampowered.com epicgames.com ea.com ubisoft.com blizzard.com battle.net
    playstation.com playstation.net nintendo.com roblox.com rbxcdn.com minecraft.net mojang.com riotgames.com leagueoflegends.com
    unity.com unity3d.com unrealengine.com rockstargames.com gog.com itch.io chess.com lichess.org ign.com gamespot.com
    nih.gov cdc.gov who.int nasa.gov noaa.gov weather.gov usa.gov irs.gov ssa.gov state.gov whitehouse.gov fbi.gov
    gov.uk service.gov.uk hmrc.gov.uk nhs.uk europa.eu ec.europa.eu bund.de bsi.bund.de elster.de gouv.fr impots.gouv.fr
    ameli.fr service-public.fr canada.ca australia.gov.au ato.gov.au gov.br gob.mx un.org nato.int worldbank.org imf.org oecd.org
    harvard.edu mit.edu stanford.edu berkeley.edu princeton.edu yale.edu cornell.edu columbia.edu ox.ac.uk cam.ac.uk
    researchgate.net academia.edu arxiv.org nature.com sciencedirect.com springer.com wiley.com ieee.org acm.org jstor.org
    coursera.org udemy.com edx.org khanacademy.org duolingo.com quizlet.com chegg.com scribd.com issuu.com slideshare.net
    openai.com chatgpt.com chat.openai.com anthropic.com claude.ai perplexity.ai huggingface.co deepseek.com grok.com character.ai
    gemini.google.com copilot.microsoft.com midjourney.com
    duckduckgo.com ecosia.org startpage.com ask.com archive.org web.archive.org archive.ph quora.com fandom.com wikihow.com
    imgur.com i.imgur.com giphy.com tenor.com ibb.co postimg.cc unsplash.com pexels.com shutterstock.com istockphoto.com
    gettyimages.com deviantart.com 500px.com pixabay.com freepik.com dribbble.com
    weather.com accuweather.com openstreetmap.org mapbox.com here.com tomtom.com rottentomatoes.com espn.com nba.com nfl.com
    mlb.com fifa.com uefa.com skysports.com indeed.com glassdoor.com monster.com xing.com stepstone.de upwork.com fiverr.com
    change.org kickstarter.com patreon.com onlyfans.com gofundme.com eventbrite.com meetup.com ticketmaster.com
    tinder.com bumble.com badoo.com match.com okcupid.com craigslist.org yelp.com zillow.com realtor.com autotrader.com cars.com
    telekom.de t-mobile.com vodafone.com vodafone.de o2online.de orange.fr free.fr sfr.fr bt.com sky.com virginmedia.com att.com
    verizon.com comcast.net xfinity.com spectrum.net cox.com centurylink.com rogers.com bell.ca telstra.com.au telefonica.com
    proton.me protonmail.com tutanota.com fastmail.com zoho.com zohopublic.com mail.com icq.com
    icann.org iana.org ietf.org w3.org w3schools.com ripe.net arin.net apnic.net lacnic.net afrinic.net verisign.com letsencrypt.org
    digicert.com sectigo.com globalsign.com entrust.com comodo.com
    ipify.org api.ipify.org ipinfo.io ip-api.com icanhazip.com ifconfig.me ifconfig.co checkip.amazonaws.com checkip.dyndns.org
    whatismyip.com myexternalip.com ident.me ipapi.co api.ip.sb geoip.maxmind.com maxmind.com wtfismyip.com
    scorecardresearch.com criteo.com taboola.com outbrain.com adnxs.com rubiconproject.com pubmatic.com openx.net
    casalemedia.com adsrvr.org demdex.net omtrdc.net hotjar.com newrelic.com nr-data.net sentry.io segment.io segment.com
    mixpanel.com amplitude.com branch.io appsflyer.com adjust.com optimizely.com quantserve.com chartbeat.com cookielaw.org
    onetrust.com trustarc.com usercentrics.eu statcounter.com clarity.ms bugsnag.com datadoghq.com pendo.io launchdarkly.com
    7-zip.org videolan.org winrar.com rarlab.com notepad-plus-plus.org putty.org gimp.org libreoffice.org openoffice.org
    virtualbox.org wireshark.org curl.se openssl.org openssh.com winscp.net filehippo.com softonic.com
    download.com majorgeeks.com ninite.com sysinternals.com speedtest.net ookla.com fast.com grammarly.com deepl.com
    bol.com coolblue.nl marktplaats.nl rabobank.nl abnamro.nl ing.nl postnl.nl ns.nl telegraaf.nl ad.nl volkskrant.nl
    belastingdienst.nl kbc.be belfius.be proximus.be hln.be nieuwsblad.be vrt.be rtbf.be bpost.be leboncoin.fr cdiscount.com
    fnac.com darty.com boulanger.com doctolib.fr ouest-france.fr 20minutes.fr francetvinfo.fr leparisien.fr bfmtv.com
    allocine.fr sncf.com sncf-connect.com airfrance.com bouyguestelecom.fr labanquepostale.fr caisse-epargne.fr laredoute.fr
    decathlon.com carrefour.com auchan.fr edf.fr marmiton.org deezer.com poste.it unicredit.it intesasanpaolo.com subito.it
    libero.it tim.it ansa.it gazzetta.it ilsole24ore.com mediaset.it rai.it trenitalia.com caixabank.es bancosantander.es
    elcorteingles.es rtve.es abc.es lavanguardia.com elconfidencial.com 20minutos.es idealista.com milanuncios.com correos.es
    movistar.es renfe.com sapo.pt publico.pt ctt.pt swisscom.ch postfinance.ch post.ch 20min.ch blick.ch srf.ch nzz.ch
    tagesanzeiger.ch sbb.ch migros.ch digitec.ch galaxus.ch admin.ch derstandard.at orf.at krone.at willhaben.at a1.net post.at
    oebb.at bahn.de tagesschau.de zdf.de ard.de ndr.de n-tv.de focus.de stern.de chip.de computerbild.de mobile.de
    immobilienscout24.de kleinanzeigen.de check24.de idealo.de mediamarkt.de saturn.de lidl.de aldi-sued.de rewe.de dm.de
    postbank.de dkb.de comdirect.de consorsbank.de n26.com arbeitsagentur.de 1und1.de lieferando.de chefkoch.de wetter.com
    swedbank.se seb.se svt.se dn.se expressen.se blocket.se bankid.com nrk.no finn.no dnb.no dagbladet.no nordea.com
    danskebank.dk tv2.dk politiken.dk borger.dk postnord.com hs.fi is.fi op.fi posti.fi delfi.ee delfi.lv delfi.lt
    ing.pl mbank.pl pkobp.pl gazeta.pl poczta-polska.pl inpost.pl olx.pl csob.cz kb.cz alza.cz novinky.cz ceskaposta.cz sme.sk
    telex.hu otpbank.hu emag.ro olx.ro digi24.ro olx.bg rozetka.com.ua privatbank.ua ukr.net pravda.com.ua diia.gov.ua
    novaposhta.ua skroutz.gr kathimerini.gr hepsiburada.com trendyol.com n11.com sahibinden.com hurriyet.com.tr milliyet.com.tr
    turkiye.gov.tr ynet.co.il walla.co.il haaretz.com aljazeera.com aljazeera.net alarabiya.net noon.com careem.com digikala.com
    aparat.com sky.it rte.ie independent.ie irishtimes.com sainsburys.co.uk tesco.com asda.com argos.co.uk johnlewis.com
    marksandspencer.com boots.com next.co.uk rightmove.co.uk autotrader.co.uk gumtree.com itv.com channel4.com standard.co.uk
    metro.co.uk thesun.co.uk express.co.uk thetimes.co.uk which.co.uk moneysavingexpert.com o2.co.uk ee.co.uk vodafone.co.uk
    three.co.uk nationwide.co.uk halifax.co.uk santander.co.uk monzo.com starlingbank.com nationalrail.co.uk tfl.gov.uk
    easyjet.com britishairways.com hdfcbank.com icicibank.com axisbank.com irctc.co.in paytm.com phonepe.com zomato.com
    swiggy.com myntra.com jio.com airtel.in bsnl.co.in timesofindia.com thehindu.com indianexpress.com moneycontrol.com
    news18.com cricbuzz.com espncricinfo.com hotstar.com makemytrip.com naukri.com docomo.ne.jp softbank.jp au.com mercari.com
    cookpad.com nicovideo.jp pixiv.net livedoor.com ameblo.jp ameba.jp fc2.com hatena.ne.jp kakaku.com tabelog.com yomiuri.co.jp
    mainichi.jp dmm.com zozo.jp goo.ne.jp excite.co.jp coupang.com tistory.com gmarket.co.kr nate.com 11st.co.kr chosun.com
    joongang.co.kr tokopedia.com bukalapak.com detik.com kompas.com tribunnews.com grab.com gojek.com traveloka.com
    vnexpress.net zalo.me pantip.com sanook.com lazada.co.th shopee.co.id shopee.vn shopee.co.th inquirer.net rappler.com
    straitstimes.com channelnewsasia.com dbs.com.sg singaporeair.com scmp.com hkjc.com pchome.com.tw ruten.com.tw
    momoshop.com.tw udn.com ettoday.net ptt.cc smh.com.au theage.com.au news.com.au abc.net.au nine.com.au commbank.com.au
    nab.com.au westpac.com.au anz.com.au bunnings.com.au woolworths.com.au coles.com.au auspost.com.au seek.com.au
    realestate.com.au domain.com.au gumtree.com.au qantas.com optus.com.au stuff.co.nz nzherald.co.nz trademe.co.nz news24.com
    takealot.com standardbank.co.za fnb.co.za absa.co.za jumia.com jumia.com.ng nairaland.com punchng.com safaricom.co.ke
    mercadopago.com mercadolibre.com.ar mercadolibre.com.mx nubank.com.br itau.com.br bradesco.com.br bb.com.br
    magazineluiza.com.br americanas.com.br estadao.com.br terra.com.br ig.com.br olx.com.br correios.com.br lanacion.com.ar
    eluniversal.com.mx eltiempo.com elcomercio.pe falabella.com despegar.com cbc.ca
    theglobeandmail.com thestar.com nationalpost.com canadapost-postescanada.ca rbc.com rbcroyalbank.com td.com scotiabank.com
    bmo.com cibc.com telus.com canadiantire.ca kijiji.ca macys.com kohls.com nordstrom.com gap.com sephora.com ulta.com nike.com
    adidas.com hm.com zara.com uniqlo.com asos.com wholefoodsmarket.com kroger.com walgreens.com cvs.com samsclub.com chewy.com
    newegg.com bhphotovideo.com gamestop.com staples.com officedepot.com carvana.com carmax.com ford.com toyota.com honda.com
    bmw.com mercedes-benz.com volkswagen.com audi.com tesla.com nissan.com hyundai.com starbucks.com mcdonalds.com dominos.com
    marriott.com hilton.com ihg.com hyatt.com kayak.com skyscanner.net vrbo.com opentable.com webmd.com mayoclinic.org
    healthline.com clevelandclinic.org allrecipes.com foodnetwork.com bonappetit.com britannica.com
    merriam-webster.com dictionary.com thesaurus.com investopedia.com nerdwallet.com intuit.com turbotax.com creditkarma.com
    experian.com equifax.com transunion.com geico.com progressive.com statefarm.com allstate.com theatlantic.com newyorker.com
    vox.com slate.com politico.com axios.com thehill.com newsweek.com buzzfeed.com vice.com rollingstone.com variety.com
    hollywoodreporter.com nypost.com chicagotribune.com sfgate.com bostonglobe.com nationalgeographic.com smithsonianmag.com
    scientificamerican.com newscientist.com twilio.com pagerduty.com grafana.com hashicorp.com terraform.io jetbrains.com
    postman.com circleci.com travis-ci.com sonatype.com snyk.io readthedocs.io readthedocs.org gitbook.io codepen.io
    jsfiddle.net leetcode.com hackerrank.com kaggle.com freecodecamp.org geeksforgeeks.org
  `,
});
