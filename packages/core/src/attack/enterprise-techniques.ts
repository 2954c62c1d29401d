// MITRE ATT&CK, Enterprise matrix as of version 18 (© The MITRE Corporation; used under the ATT&CK terms of use).
// Id, tactics (codes of tactics.ts), name; then its sub-techniques in the order of their numbers, `-` where one is gone.
export const enterpriseTechniques = `
T1001 C2 Data Obfuscation: Junk Data|Steganography|Protocol or Service Impersonation
T1003 CA OS Credential Dumping: LSASS Memory|Security Account Manager|NTDS|LSA Secrets|Cached Domain Credentials|DCSync|Proc Filesystem|/etc/passwd and /etc/shadow
T1005 CO Data from Local System
T1006 DE Direct Volume Access
T1007 DI System Service Discovery
T1008 C2 Fallback Channels
T1010 DI Application Window Discovery
T1011 XF Exfiltration Over Other Network Medium: Exfiltration Over Bluetooth
T1012 DI Query Registry
T1014 DE Rootkit
T1016 DI System Network Configuration Discovery: Internet Connection Discovery|Wi-Fi Discovery
T1018 DI Remote System Discovery
T1020 XF Automated Exfiltration: Traffic Duplication
T1021 LM Remote Services: Remote Desktop Protocol|SMB/Windows Admin Shares|Distributed Component Object Model|SSH|VNC|Windows Remote Management|Cloud Services|Direct Cloud VM Connections
T1025 CO Data from Removable Media
T1027 DE Obfuscated Files or Information: Binary Padding|Software Packing|Steganography|Compile After Delivery|Indicator Removal from Tools|HTML Smuggling|Dynamic API Resolution|Stripped Payloads|Embedded Payloads|Command Obfuscation|Fileless Storage|LNK Icon Smuggling|Encrypted/Encoded File|Polymorphic Code|Compression|Junk Code Insertion|SVG Smuggling
T1029 XF Scheduled Transfer
T1030 XF Data Transfer Size Limits
T1033 DI System Owner/User Discovery
T1036 DE Masquerading: Invalid Code Signature|Right-to-Left Override|Rename Legitimate Utilities|Masquerade Task or Service|Match Legitimate Resource Name or Location|Space after Filename|Double File Extension|Masquerade File Type|Break Process Trees|Masquerade Account Name|Overwrite Process Arguments|Browser Fingerprint
T1037 PE,PR Boot or Logon Initialization Scripts: Logon Script (Windows)|Login Hook|Network Logon Script|RC Scripts|Startup Items
T1039 CO Data from Network Shared Drive
T1040 CA,DI Network Sniffing
T1041 XF Exfiltration Over C2 Channel
T1046 DI Network Service Discovery
T1047 EX Windows Management Instrumentation
T1048 XF Exfiltration Over Alternative Protocol: Exfiltration Over Symmetric Encrypted Non-C2 Protocol|Exfiltration Over Asymmetric Encrypted Non-C2 Protocol|Exfiltration Over Unencrypted Non-C2 Protocol
T1049 DI System Network Connections Discovery
T1052 XF Exfiltration Over Physical Medium: Exfiltration over USB
T1053 EX,PE,PR Scheduled Task/Job: -|At|Cron|-|Scheduled Task|Systemd Timers|Container Orchestration Job
T1055 DE,PR Process Injection: Dynamic-link Library Injection|Portable Executable Injection|Thread Execution Hijacking|Asynchronous Procedure Call|Thread Local Storage|-|-|Ptrace System Calls|Proc Memory|-|Extra Window Memory Injection|Process Hollowing|Process Doppelgänging|VDSO Hijacking|ListPlanting
T1056 CO,CA Input Capture: Keylogging|GUI Input Capture|Web Portal Capture|Credential API Hooking
T1057 DI Process Discovery
T1059 EX Command and Scripting Interpreter: PowerShell|AppleScript|Windows Command Shell|Unix Shell|Visual Basic|Python|JavaScript|Network Device CLI|Cloud API|AutoHotKey & AutoIT|Lua|Hypervisor CLI|Container CLI/API
T1068 PR Exploitation for Privilege Escalation
T1069 DI Permission Groups Discovery: Local Groups|Domain Groups|Cloud Groups
T1070 DE Indicator Removal: Clear Windows Event Logs|Clear Linux or Mac System Logs|Clear Command History|File Deletion|Network Share Connection Removal|Timestomp|Clear Network Connection History and Configurations|Clear Mailbox Data|Clear Persistence|Relocate Malware
T1071 C2 Application Layer Protocol: Web Protocols|File Transfer Protocols|Mail Protocols|DNS|Publish/Subscribe Protocols
T1072 EX,LM Software Deployment Tools
T1074 CO Data Staged: Local Data Staging|Remote Data Staging
T1078 DE,PE,PR,IA Valid Accounts: Default Accounts|Domain Accounts|Local Accounts|Cloud Accounts
T1080 LM Taint Shared Content
T1082 DI System Information Discovery
T1083 DI File and Directory Discovery
T1087 DI Account Discovery: Local Account|Domain Account|Email Account|Cloud Account
T1090 C2 Proxy: Internal Proxy|External Proxy|Multi-hop Proxy|Domain Fronting
T1091 LM,IA Replication Through Removable Media
T1092 C2 Communication Through Removable Media
T1095 C2 Non-Application Layer Protocol
T1098 PE,PR Account Manipulation: Additional Cloud Credentials|Additional Email Delegate Permissions|Additional Cloud Roles|SSH Authorized Keys|Device Registration|Additional Container Cluster Roles|Additional Local or Domain Groups
T1102 C2 Web Service: Dead Drop Resolver|Bidirectional Communication|One-Way Communication
T1104 C2 Multi-Stage Channels
T1105 C2 Ingress Tool Transfer
T1106 EX Native API
T1110 CA Brute Force: Password Guessing|Password Cracking|Password Spraying|Credential Stuffing
T1111 CA Multi-Factor Authentication Interception
T1112 DE,PE Modify Registry
T1113 CO Screen Capture
T1114 CO Email Collection: Local Email Collection|Remote Email Collection|Email Forwarding Rule
T1115 CO Clipboard Data
T1119 CO Automated Collection
T1120 DI Peripheral Device Discovery
T1123 CO Audio Capture
T1124 DI System Time Discovery
T1125 CO Video Capture
T1127 DE Trusted Developer Utilities Proxy Execution: MSBuild|ClickOnce|JamPlus
T1129 EX Shared Modules
T1132 C2 Data Encoding: Standard Encoding|Non-Standard Encoding
T1133 PE,IA External Remote Services
T1134 DE,PR Access Token Manipulation: Token Impersonation/Theft|Create Process with Token|Make and Impersonate Token|Parent PID Spoofing|SID-History Injection
T1135 DI Network Share Discovery
T1136 PE Create Account: Local Account|Domain Account|Cloud Account
T1137 PE Office Application Startup: Office Template Macros|Office Test|Outlook Forms|Outlook Home Page|Outlook Rules|Add-ins
T1140 DE Deobfuscate/Decode Files or Information
T1176 PE Software Extensions: Browser Extensions|IDE Extensions
T1185 CO Browser Session Hijacking
T1187 CA Forced Authentication
T1189 IA Drive-by Compromise
T1190 IA Exploit Public-Facing Application
T1195 IA Supply Chain Compromise: Compromise Software Dependencies and Development Tools|Compromise Software Supply Chain|Compromise Hardware Supply Chain
T1197 DE,PE BITS Jobs
T1199 IA Trusted Relationship
T1200 IA Hardware Additions
T1201 DI Password Policy Discovery
T1202 DE Indirect Command Execution
T1203 EX Exploitation for Client Execution
T1204 EX User Execution: Malicious Link|Malicious File|Malicious Image|Malicious Copy and Paste|Malicious Library
T1205 DE,PE,C2 Traffic Signaling: Port Knocking|Socket Filters
T1207 DE Rogue Domain Controller
T1210 LM Exploitation of Remote Services
T1211 DE Exploitation for Defense Evasion
T1212 CA Exploitation for Credential Access
T1213 CO Data from Information Repositories: Confluence|Sharepoint|Code Repositories|Customer Relationship Management Software|Messaging Applications|Databases
T1216 DE System Script Proxy Execution: PubPrn|SyncAppvPublishingServer
T1217 DI Browser Information Discovery
T1218 DE System Binary Proxy Execution: Compiled HTML File|Control Panel|CMSTP|InstallUtil|Mshta|-|Msiexec|Odbcconf|Regsvcs/Regasm|Regsvr32|Rundll32|Verclsid|Mavinject|MMC|Electron Applications
T1219 C2 Remote Access Tools: IDE Tunneling|Remote Desktop Software|Remote Access Hardware
T1220 DE XSL Script Processing
T1221 DE Template Injection
T1222 DE File and Directory Permissions Modification: Windows File and Directory Permissions Modification|Linux and Mac File and Directory Permissions Modification
T1480 DE Execution Guardrails: Environmental Keying|Mutual Exclusion
T1482 DI Domain Trust Discovery
T1484 DE,PR Domain or Tenant Policy Modification: Group Policy Modification|Trust Modification
T1485 IM Data Destruction: Lifecycle-Triggered Deletion
T1486 IM Data Encrypted for Impact
T1489 IM Service Stop
T1490 IM Inhibit System Recovery
T1491 IM Defacement: Internal Defacement|External Defacement
T1495 IM Firmware Corruption
T1496 IM Resource Hijacking: Compute Hijacking|Bandwidth Hijacking|SMS Pumping|Cloud Service Hijacking
T1497 DE,DI Virtualization/Sandbox Evasion: System Checks|User Activity Based Checks|Time Based Checks
T1498 IM Network Denial of Service: Direct Network Flood|Reflection Amplification
T1499 IM Endpoint Denial of Service: OS Exhaustion Flood|Service Exhaustion Flood|Application Exhaustion Flood|Application or System Exploitation
T1505 PE Server Software Component: SQL Stored Procedures|Transport Agent|Web Shell|IIS Components|Terminal Services DLL|vSphere Installation Bundles
T1518 DI Software Discovery: Security Software Discovery|Backup Software Discovery
T1525 PE Implant Internal Image
T1526 DI Cloud Service Discovery
T1528 CA Steal Application Access Token
T1529 IM System Shutdown/Reboot
T1530 CO Data from Cloud Storage
T1531 IM Account Access Removal
T1534 LM Internal Spearphishing
T1535 DE Unused/Unsupported Cloud Regions
T1537 XF Transfer Data to Cloud Account
T1538 DI Cloud Service Dashboard
T1539 CA Steal Web Session Cookie
T1542 DE,PE Pre-OS Boot: System Firmware|Component Firmware|Bootkit|ROMMONkit|TFTP Boot
T1543 PE,PR Create or Modify System Process: Launch Agent|Systemd Service|Windows Service|Launch Daemon|Container Service
T1546 PR,PE Event Triggered Execution: Change Default File Association|Screensaver|Windows Management Instrumentation Event Subscription|Unix Shell Configuration Modification|Trap|LC_LOAD_DYLIB Addition|Netsh Helper DLL|Accessibility Features|AppCert DLLs|AppInit DLLs|Application Shimming|Image File Execution Options Injection|PowerShell Profile|Emond|Component Object Model Hijacking|Installer Packages|Udev Rules|Python Startup Hooks
T1547 PE,PR Boot or Logon Autostart Execution: Registry Run Keys / Startup Folder|Authentication Package|Time Providers|Winlogon Helper DLL|Security Support Provider|Kernel Modules and Extensions|Re-opened Applications|LSASS Driver|Shortcut Modification|Port Monitors|-|Print Processors|XDG Autostart Entries|Active Setup|Login Items
T1548 PR,DE Abuse Elevation Control Mechanism: Setuid and Setgid|Bypass User Account Control|Sudo and Sudo Caching|Elevated Execution with Prompt|Temporary Elevated Cloud Access|TCC Manipulation
T1550 DE,LM Use Alternate Authentication Material: Application Access Token|Pass the Hash|Pass the Ticket|Web Session Cookie
T1552 CA Unsecured Credentials: Credentials In Files|Credentials in Registry|Shell History|Private Keys|Cloud Instance Metadata API|Group Policy Preferences|Container API|Chat Messages
T1553 DE Subvert Trust Controls: Gatekeeper Bypass|Code Signing|SIP and Trust Provider Hijacking|Install Root Certificate|Mark-of-the-Web Bypass|Code Signing Policy Modification
T1554 PE Compromise Host Software Binary
T1555 CA Credentials from Password Stores: Keychain|Securityd Memory|Credentials from Web Browsers|Windows Credential Manager|Password Managers|Cloud Secrets Management Stores
T1556 CA,DE,PE Modify Authentication Process: Domain Controller Authentication|Password Filter DLL|Pluggable Authentication Modules|Network Device Authentication|Reversible Encryption|Multi-Factor Authentication|Hybrid Identity|Network Provider DLL|Conditional Access Policies
T1557 CA,CO Adversary-in-the-Middle: LLMNR/NBT-NS Poisoning and SMB Relay|ARP Cache Poisoning|DHCP Spoofing|Evil Twin
T1558 CA Steal or Forge Kerberos Tickets: Golden Ticket|Silver Ticket|Kerberoasting|AS-REP Roasting|Ccache Files
T1559 EX Inter-Process Communication: Component Object Model|Dynamic Data Exchange|XPC Services
T1560 CO Archive Collected Data: Archive via Utility|Archive via Library|Archive via Custom Method
T1561 IM Disk Wipe: Disk Content Wipe|Disk Structure Wipe
T1562 DE Impair Defenses: Disable or Modify Tools|Disable Windows Event Logging|Impair Command History Logging|Disable or Modify System Firewall|-|Indicator Blocking|Disable or Modify Cloud Firewall|Disable or Modify Cloud Logs|Safe Mode Boot|Downgrade Attack|Spoof Security Alerting|Disable or Modify Linux Audit System|Disable or Modify Network Device Firewall
T1563 LM Remote Service Session Hijacking: SSH Hijacking|RDP Hijacking
T1564 DE Hide Artifacts: Hidden Files and Directories|Hidden Users|Hidden Window|NTFS File Attributes|Hidden File System|Run Virtual Instance|VBA Stomping|Email Hiding Rules|Resource Forking|Process Argument Spoofing|Ignore Process Interrupts|File/Path Exclusions|Bind Mounts|Extended Attributes
T1565 IM Data Manipulation: Stored Data Manipulation|Transmitted Data Manipulation|Runtime Data Manipulation
T1566 IA Phishing: Spearphishing Attachment|Spearphishing Link|Spearphishing via Service|Spearphishing Voice
T1567 XF Exfiltration Over Web Service: Exfiltration to Code Repository|Exfiltration to Cloud Storage|Exfiltration to Text Storage Sites|Exfiltration Over Webhook
T1568 C2 Dynamic Resolution: Fast Flux DNS|Domain Generation Algorithms|DNS Calculation
T1569 EX System Services: Launchctl|Service Execution|Systemctl
T1570 LM Lateral Tool Transfer
T1571 C2 Non-Standard Port
T1572 C2 Protocol Tunneling
T1573 C2 Encrypted Channel: Symmetric Cryptography|Asymmetric Cryptography
T1574 PE,PR,DE Hijack Execution Flow: DLL|-|-|Dylib Hijacking|Executable Installer File Permissions Weakness|Dynamic Linker Hijacking|Path Interception by PATH Environment Variable|Path Interception by Search Order Hijacking|Path Interception by Unquoted Path|Services File Permissions Weakness|Services Registry Permissions Weakness|COR_PROFILER|KernelCallbackTable|AppDomainManager
T1578 DE Modify Cloud Compute Infrastructure: Create Snapshot|Create Cloud Instance|Delete Cloud Instance|Revert Cloud Instance|Modify Cloud Compute Configurations
T1580 DI Cloud Infrastructure Discovery
T1583 RD Acquire Infrastructure: Domains|DNS Server|Virtual Private Server|Server|Botnet|Web Services|Serverless|Malvertising
T1584 RD Compromise Infrastructure: Domains|DNS Server|Virtual Private Server|Server|Botnet|Web Services|Serverless|Network Devices
T1585 RD Establish Accounts: Social Media Accounts|Email Accounts|Cloud Accounts
T1586 RD Compromise Accounts: Social Media Accounts|Email Accounts|Cloud Accounts
T1587 RD Develop Capabilities: Malware|Code Signing Certificates|Digital Certificates|Exploits
T1588 RD Obtain Capabilities: Malware|Tool|Code Signing Certificates|Digital Certificates|Exploits|Vulnerabilities|Artificial Intelligence
T1589 RC Gather Victim Identity Information: Credentials|Email Addresses|Employee Names
T1590 RC Gather Victim Network Information: Domain Properties|DNS|Network Trust Dependencies|Network Topology|IP Addresses|Network Security Appliances
T1591 RC Gather Victim Org Information: Determine Physical Locations|Business Relationships|Identify Business Tempo|Identify Roles
T1592 RC Gather Victim Host Information: Hardware|Software|Firmware|Client Configurations
T1593 RC Search Open Websites/Domains: Social Media|Search Engines|Code Repositories
T1594 RC Search Victim-Owned Websites
T1595 RC Active Scanning: Scanning IP Blocks|Vulnerability Scanning|Wordlist Scanning
T1596 RC Search Open Technical Databases: DNS/Passive DNS|WHOIS|Digital Certificates|CDNs|Scan Databases
T1597 RC Search Closed Sources: Threat Intel Vendors|Purchase Technical Data
T1598 RC Phishing for Information: Spearphishing Service|Spearphishing Attachment|Spearphishing Link|Spearphishing Voice
T1599 DE Network Boundary Bridging: Network Address Translation Traversal
T1600 DE Weaken Encryption: Reduce Key Space|Disable Crypto Hardware
T1601 DE Modify System Image: Patch System Image|Downgrade System Image
T1602 CO Data from Configuration Repository: SNMP (MIB Dump)|Network Device Configuration Dump
T1606 CA Forge Web Credentials: Web Cookies|SAML Tokens
T1608 RD Stage Capabilities: Upload Malware|Upload Tool|Install Digital Certificate|Drive-by Target|Link Target|SEO Poisoning
T1609 EX Container Administration Command
T1610 DE,EX Deploy Container
T1611 PR Escape to Host
T1612 DE Build Image on Host
T1613 DI Container and Resource Discovery
T1614 DI System Location Discovery: System Language Discovery
T1615 DI Group Policy Discovery
T1619 DI Cloud Storage Object Discovery
T1620 DE Reflective Code Loading
T1621 CA Multi-Factor Authentication Request Generation
T1622 DE,DI Debugger Evasion
T1647 DE Plist File Modification
T1648 EX Serverless Execution
T1649 CA Steal or Forge Authentication Certificates
T1650 RD Acquire Access
T1651 EX Cloud Administration Command
T1652 DI Device Driver Discovery
T1653 PE Power Settings
T1654 DI Log Enumeration
T1656 DE Impersonation
T1657 IM Financial Theft
T1659 IA,C2 Content Injection
T1665 C2 Hide Infrastructure
T1666 DE Modify Cloud Resource Hierarchy
T1667 IM Email Bombing
T1668 PE Exclusive Control
T1669 IA Wi-Fi Networks
T1671 PE Cloud Application Integration
T1672 DE Email Spoofing
T1673 DI Virtual Machine Discovery
T1674 EX Input Injection
T1675 EX ESXi Administration Command
T1677 EX Poisoned Pipeline Execution
T1678 DE Delay Execution
T1679 DE Selective Exclusion
T1680 DI Local Storage Discovery
T1681 RC Search Threat Vendor Data
`;
